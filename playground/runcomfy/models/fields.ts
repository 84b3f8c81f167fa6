/** Which property of a model holds what: by the names that the vendor's models use. */
import type { InputSchema } from './model.ts';

/** Names of properties; `undefined` where a model has none. */
export interface Fields {
  prompt: string | undefined;
  number: string | undefined;
  seed: string | undefined;
  quality: string | undefined;
  format: string | undefined;
  references: string | undefined;
  /** Everything that says something of the size, with pixels, a ratio or a class such as `2K`. */
  size: readonly string[];
}

/** Finds the fields of a schema by the names its properties had at first. */
export function fieldsOf({ properties }: InputSchema, renamed: Readonly<Record<string, string>> = {}): Fields {
  const names = Object.keys(properties);
  const called = (pattern: RegExp) => names.filter((name) => pattern.test(renamed[name] ?? name));
  const numbers = called(/^(sequential_image_generation_options|num_images|max_images|n)$/);
  return {
    prompt: called(/^(text|prompt)$/)[0],
    number: numbers[0],
    seed: called(/^seed$/)[0],
    quality: called(/^optimize_prompt_options$/)[0],
    format: called(/^output_format$/)[0],
    references: called(/^(image|images|image_url|image_urls)$/)[0],
    size: called(/^(image_size|size|resolution|aspect_ratio)$/),
  };
}
