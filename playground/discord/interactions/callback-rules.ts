import { invalidForm, type PlacedFault } from '../api-error.ts';
import { isRecord } from '../form.ts';
import type { Choice } from '../request-bodies.ts';

/**
 * The choices of an autocomplete response: names and values of up to 100 characters, values of the option's type.
 *
 * @throws ApiError 50035
 */
export function readChoices(data: unknown, payload: Readonly<Record<string, unknown>>): Choice[] {
  const given: unknown = isRecord(data) ? (data['choices'] ?? []) : [];
  const numeric = focusedType(payload['data']) !== 3;
  const faults: PlacedFault[] = [];
  const choices: Choice[] = [];
  for (const [index, choice] of (Array.isArray(given) ? (given as unknown[]) : []).entries()) {
    const path = ['data', 'choices', index];
    if (!isRecord(choice) || typeof choice['name'] !== 'string') continue;
    const { name, value } = choice;
    if (typeof value !== (numeric ? 'number' : 'string')) {
      faults.push({
        path: [...path, 'value'],
        code: 'NUMBER_TYPE_COERCE',
        message: 'The value is not of the type of the option.',
      });
    } else if (typeof value === 'string' && value.length > 100) {
      faults.push({
        path: [...path, 'value'],
        code: 'BASE_TYPE_MAX_LENGTH',
        message: 'Must be 100 or fewer in length.',
      });
    }
    if (typeof value === 'string' || typeof value === 'number') choices.push({ name, value });
  }
  if (faults.length > 0) throw invalidForm(faults);
  return choices;
}

function focusedType(data: unknown): number {
  const options: unknown = isRecord(data) ? data['options'] : undefined;
  if (!Array.isArray(options)) return 3;
  for (const option of options as unknown[]) {
    if (!isRecord(option)) continue;
    if (option['focused'] === true && typeof option['type'] === 'number') return option['type'];
    if (option['options']) return focusedType(option);
  }
  return 3;
}
