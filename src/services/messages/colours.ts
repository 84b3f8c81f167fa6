/** The colours of embeds, as Discord names its own (discord.com/branding): each says the same wherever it stands. */
export const COLOURS = {
  /** Something is under way, or information. */
  blurple: 0x58_65_f2,
  /** Pictures are there. */
  green: 0x3b_a5_5d,
  /** Somebody has to wait, or nobody knows. */
  yellow: 0xfa_a6_1a,
  red: 0xed_42_45,
  /** Over, without more to say. */
  grey: 0x74_7f_8d,
} as const;
