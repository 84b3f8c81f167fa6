/** What is offered: models that can be asked, for what, at what price; and what keeps a model from it. */
import type { PictureRequest } from '../body.ts';
import type { BodyProblem } from '../check-body.ts';
import type { SchemaProblem } from '../fit-profile.ts';
import type { Profile } from '../profile.ts';

/** A model that the bot is set to. */
export interface Offer {
  readonly profile: Profile;
  /** US dollars a picture. */
  readonly priceUsd: number;
  /** Most pictures a request, and a job. */
  readonly picturesPerRequest: number;
  readonly imagesPerJob: number;
  /** The ids that jobs of it are known by: its own, and that of its sibling for editing or of the model that it edits for. */
  readonly ids: readonly string[];
  /** The model that takes references for it, its own id where it does itself; `undefined` where none can be asked now. */
  readonly editing: string | undefined;
  /** What its live schema has against a request; nothing where it takes it. */
  check(request: PictureRequest): BodyProblem[];
}

/** Why no request can be made. */
export type NoOffer =
  /** The models that were meant are gone, or take nothing that the bot sends. */
  | { refused: 'gone' | 'unmet' }
  /** Those that take references are gone. */
  | { refused: 'editingGone' }
  /** The bot takes none. */
  | { refused: 'off' }
  /** This model takes no references, or must have some. */
  | { refused: 'textOnly' | 'picturesOnly'; name: string };

/** What whoever hosts the bot must hear of a model. */
export type ModelTrouble =
  | ({ kind: 'gone'; since: number; next: string | undefined } & TroubledModel)
  | ({ kind: 'unmet'; problem: SchemaProblem } & TroubledModel);

interface TroubledModel {
  id: string;
  name: string;
  /** Whether it is asked where there are references, and nowhere else. */
  editsOnly: boolean;
}

export interface Models {
  /** The models that new requests can be made with now, in order. */
  offered(): readonly Offer[];
  /** The first of them. */
  default(): Offer | undefined;
  /** A model that the bot is set to, whether new requests can be made with it or not. */
  byId(id: string): Offer | undefined;
  /** Every model that the bot is set to, whether new requests can be made with it, and which one takes references for it. */
  standing(): { id: string; offered: boolean; editing?: string | undefined }[];
  /**
   * The model that a new request is made with: the one of this id, or where that is gone or none is named, the first in order;
   * with references the one that takes them for it. To be asked once a request: where a gone model's page says nothing, one
   * request an hour is let through to it.
   */
  forNew(id?: string, options?: { references: boolean }): Offer | NoOffer;
  /** What is known of a model, of whichever a job was once begun with; `undefined` where that is not enough to send it anything. */
  find(id: string): Profile | undefined;
  /** US dollars a picture of a model, of whichever a job was once begun with. */
  priceOf(id: string): number;
  /** A submit was answered that there is no such model. */
  refused(id: string): void;
  /** A submit was taken. */
  taken(id: string): void;
  /** A request that was checked cannot be sent: the host hears of it. */
  unmet(id: string, problems: readonly BodyProblem[]): void;
  /** Calls `listener` when choices, prices or what is offered have changed. */
  onChange(listener: () => void): void;
  /**
   * Reads what must be known before the start: of a model without a profile its kept copy, else its page.
   *
   * @returns the sentence that ends the start, where such a model cannot be asked.
   */
  prepare(): Promise<string | undefined>;
  /** Begins reading the catalogue. */
  start(): void;
  stop(): void;
}
