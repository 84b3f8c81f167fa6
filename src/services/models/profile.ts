/** What the bot knows of a model. Data alone: what is sent is built from it, and a live schema can change it. */

/** `standard` is better and slower, `fast` is quicker and plainer. */
export type Quality = 'fast' | 'standard';

/** The parts of a profile that its model's live schema can fill in. */
export type SchemaPart = 'number' | 'size' | 'seed' | 'quality' | 'references';

interface TextField {
  readonly field: string;
  /** The longest text it takes; `undefined` where no such limit is known. */
  readonly maxCharacters?: number | undefined;
  /** Likewise in words, as separated by white space. */
  readonly maxWords?: number | undefined;
  /** Whether the text has to name the number of pictures; where not, each picture is one of what the text asks for. */
  readonly namesNumber: boolean;
}

/** Where a request asks for several pictures. */
export interface NumberField {
  readonly field: string;
  /** Most pictures a request; each number from 1 up to it can be asked for. */
  readonly max: number;
}

export interface SizeChoice {
  /** As the model spells it; also what a job's record holds. */
  readonly value: string;
  /** Width to height, such as `16:9`; `undefined` for one without, such as `auto`. */
  readonly ratio: string | undefined;
}

export interface SizeField {
  readonly field: string;
  /** At least one. */
  readonly choices: readonly SizeChoice[];
  /** The value that a job has where its member chose none: one of the choices. */
  readonly default: string;
}

export interface SeedField {
  readonly field: string;
  /** The largest seed offered; the least is 0. */
  readonly max: number;
}

export interface QualityField {
  readonly field: string;
  /** At least one. */
  readonly choices: readonly Quality[];
  readonly default: Quality;
}

/** Where a request takes pictures to start from, and which. */
export interface ReferenceField {
  readonly field: string;
  /** Whether the field takes a list of addresses, or one address. */
  readonly list: boolean;
  /** How many the model needs at least, and takes at most. */
  readonly min: number;
  readonly max: number;
  /** Bytes a picture at most. */
  readonly maxBytes: number;
  readonly maxMegapixels: number;
  /** Most that the longer side may be of the shorter one. */
  readonly maxRatio: number;
  readonly formats: readonly ('png' | 'jpeg' | 'webp')[];
  /** Most that they and a job's pictures may be together. */
  readonly withPictures: number;
}

/** What stands in a body. */
export type FieldValue =
  string | number | boolean | null | readonly FieldValue[] | { readonly [name: string]: FieldValue };

export interface Profile {
  /** RunComfy's id: the path below `/models/`. */
  readonly id: string;
  /** As people read it. */
  readonly name: string;
  readonly text: TextField;
  /** `undefined` for a model that makes one picture a request. */
  readonly number?: NumberField | undefined;
  /** Most pictures a job. */
  readonly imagesPerJob: number;
  readonly size?: SizeField | undefined;
  readonly seed?: SeedField | undefined;
  readonly quality?: QualityField | undefined;
  readonly references?: ReferenceField | undefined;
  /** Fields that every request has, with their values. */
  readonly fixed: Readonly<Record<string, FieldValue>>;
  /** Likewise, of fields that were never seen: sent only where the live schema has them. */
  readonly fixedWhereOffered?: Readonly<Record<string, FieldValue>> | undefined;
  /** The sibling that takes references; the model's own id where it does itself. */
  readonly editing?: string | undefined;
  /** US dollars a picture, where the catalogue names no price. */
  readonly fallbackPriceUsd: number;
  /**
   * Parts that were never seen of this model, so that they are taken from its live schema. Until that is read they are left
   * out of every request, and the model's own default holds.
   */
  readonly unseen: readonly SchemaPart[];
}
