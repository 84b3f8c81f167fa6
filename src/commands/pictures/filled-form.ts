/** The form of a job as it was sent: what was typed, and what was chosen. Pure. */
import type { ModalSubmitInteraction } from 'discord.js';
import { plainText } from '../../services/plain-text.ts';
import type { Reference } from '../../services/references/references.ts';
import { readInteger } from '../interactions/choices.ts';
import { attachmentReference } from './given.ts';

/** What was typed and chosen in a form. */
export interface FilledForm {
  prompt: string;
  /** `NaN` for what is no number. */
  count: number;
  size: string | undefined;
  /** Only what the form had room for: a seed that is `undefined` is drawn, and a text is none. */
  further: { quality?: string; seed?: number | string | undefined };
  /** The values of the pictures that were chosen. */
  chosen: readonly string[];
  files: readonly Reference[];
}

function readSeed(typed: string): number | string | undefined {
  const seed = readInteger(typed);
  if (plainText(typed) === '') return undefined;
  return Number.isNaN(seed) ? plainText(typed) : seed;
}

/** Reads a form that was sent. */
export function readRequestForm({ fields }: ModalSubmitInteraction): FilledForm {
  const selected = (id: string): readonly string[] => (fields.fields.has(id) ? fields.getStringSelectValues(id) : []);
  const files = fields.fields.has('files') ? fields.getUploadedFiles('files') : null;
  return {
    prompt: fields.getTextInputValue('prompt'),
    count: Number(selected('count')[0]),
    size: selected('size')[0],
    further: {
      ...(fields.fields.has('quality') && { quality: selected('quality')[0] ?? '' }),
      ...(fields.fields.has('seed') && { seed: readSeed(fields.getTextInputValue('seed')) }),
    },
    chosen: selected('pictures'),
    files: [...(files?.values() ?? [])].map(attachmentReference),
  };
}
