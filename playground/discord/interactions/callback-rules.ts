import { componentType, flatten } from '../messages/messages.ts';
import { invalidForm, type PlacedFault } from '../api-error.ts';
import { isRecord } from '../form.ts';
import type { Choice, ModalBody } from '../request-bodies.ts';

/** Components at the top of a modal. Source: receiving and responding, "Modal". */
const maxModalComponents = 5;

/**
 * Checks a modal beyond its single fields.
 *
 * @throws ApiError 50035
 */
export function checkModal(modal: ModalBody): void {
  const faults: PlacedFault[] = [];
  if (modal.components.length > maxModalComponents) {
    const message = `Must be between 1 and ${maxModalComponents} in length.`;
    faults.push({ path: ['data', 'components'], code: 'BASE_TYPE_BAD_LENGTH', message });
  }
  const seen = new Set<string>();
  for (const { component, path } of flatten(modal.components, ['data', 'components'])) {
    const { custom_id: customId } = component;
    if (customId && seen.has(customId)) {
      const message = 'Component custom id cannot be duplicated';
      faults.push({ path: [...path, 'custom_id'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message });
    }
    if (customId) seen.add(customId);
    const inRow = path.at(-2) === 'components' && path.length > 3;
    if (component.type === componentType.textInput && inRow && !component.label) {
      faults.push({ path: [...path, 'label'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' });
    }
  }
  if (faults.length > 0) throw invalidForm(faults);
}

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
