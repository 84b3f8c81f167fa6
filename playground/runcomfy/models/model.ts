/** What the stand-in knows of a model. */

/** A rule of the vendor's own beside JSON Schema, as `seedream-5.0-pro/image-to-image` publishes them. */
export interface Validation {
  validation_rule: 'file_size_mb<' | 'width/height>' | 'width/height<' | 'width_pixels>' | 'height_pixels>';
  validation_value: number;
  validation_error: string;
}

/** A property of an input. Published schemas are not clean JSON Schema: see `type`, `default` and `format`. */
export interface Property {
  /** `string`, `integer`, `number`, `boolean`, `array`, and the vendor's own `float`. */
  type: string;
  title?: string;
  description?: string;
  /** Also `null`, which the type does not allow. */
  default?: unknown;
  enum?: readonly (string | number)[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  /** `uri`, and the vendor's own `image_uri` and `image_uris`. */
  format?: string;
  /** Arrays of addresses are published without. */
  items?: { type: string; format?: string };
  validations?: readonly Validation[];
}

export interface InputSchema {
  type: 'object';
  title?: string;
  /** May name what {@link InputSchema.properties} does not have; such a name asks for nothing. */
  required?: readonly string[];
  properties: Readonly<Record<string, Property>>;
}

/** What a model takes as references beyond its schema; undocumented refusals follow upstream. */
export interface ReferenceLimits {
  /** By their bytes, whatever the content type says. */
  types: readonly string[];
  bytes: number;
  pixels: number;
  /** References and pictures together. */
  withPictures?: number;
}

export interface Model {
  id: string;
  name: string;
  description: string;
  categories: readonly string[];
  /** US dollars a {@link Model.priceUnit}. */
  priceUsd: number;
  priceUnit: 'output' | 'image' | 'second';
  pricingNote: string;
  /** Where it costs something else by the value of a field. */
  prices?: { field: string; usd: Readonly<Record<string, number>> };
  /** The page's path below `/models/` of the website, where it is not the id. */
  page?: string;
  inputSchema: InputSchema;
  /** The prompt must name the number of pictures. */
  namesNumber?: boolean;
  /** Most characters of the prompt, where the page says so in words alone. */
  promptCharacters?: number;
  references?: ReferenceLimits;
  /** What renamed properties were called at first, by what they are called now. */
  renamed?: Readonly<Record<string, string>>;
}
