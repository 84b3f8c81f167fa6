/** Which files Discord's client offers where a picture can be given. */

/**
 * By their extensions. What comes is checked all the same: an older client offers every file. Source: Discord's documentation,
 * "File Type Filtering".
 */
export const FILE_TYPES = ['.png', '.jpg', '.jpeg', '.webp'] as const;
