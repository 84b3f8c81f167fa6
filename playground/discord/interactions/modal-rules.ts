import { invalidForm, type PlacedFault } from '../api-error.ts';
import { isFileType } from '../files/files.ts';
import { componentType, flatten, selectFaults } from '../messages/messages.ts';
import type { Component, ModalBody } from '../request-bodies.ts';

/** Components at the top of a modal. Source: receiving and responding, "Modal". */
const maxModalComponents = 5;

type Path = readonly (string | number)[];

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
    faults.push(...componentFaults(component, path));
  }
  if (faults.length > 0) throw invalidForm(faults);
}

function componentFaults(component: Component, path: Path): PlacedFault[] {
  switch (component.type) {
    case componentType.textInput:
      return textInputFaults(component, path);
    case componentType.select:
      return [...selectFaults(component, path), ...requiredFaults(component, path), ...disabledFaults(component, path)];
    case componentType.fileUpload:
      return [...fileUploadFaults(component, path), ...requiredFaults(component, path)];
    default:
      return [];
  }
}

function textInputFaults({ label, value, min_length: least, max_length: most }: Component, path: Path): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const inRow = path.at(-2) === 'components' && path.length > 3;
  if (inRow && !label) {
    faults.push({ path: [...path, 'label'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' });
  }
  if ((least ?? 0) > (most ?? Infinity)) {
    const message = 'min_length must not be above max_length';
    faults.push({ path: [...path, 'min_length'], code: 'BASE_TYPE_BAD_LENGTH', message });
  }
  if ((value?.length ?? 0) > (most ?? Infinity)) {
    const message = `Must be ${most ?? 0} or fewer in length.`;
    faults.push({ path: [...path, 'value'], code: 'BASE_TYPE_MAX_LENGTH', message });
  }
  return faults;
}

/** `min_values` is left out or at least 1 where an answer is required. Source: components reference, "File Upload". */
function requiredFaults({ required, min_values: least }: Component, path: Path): PlacedFault[] {
  if (required === false || (least ?? 1) >= 1) return [];
  const message = 'int value should be greater than or equal to 1.';
  return [{ path: [...path, 'min_values'], code: 'NUMBER_TYPE_MIN', message }];
}

function disabledFaults({ disabled }: Component, path: Path): PlacedFault[] {
  if (!disabled) return [];
  const message = 'Components in modals cannot be disabled.';
  return [{ path: [...path, 'disabled'], code: 'MODAL_COMPONENT_DISABLED', message }];
}

function fileUploadFaults(upload: Component, path: Path): PlacedFault[] {
  const { min_values: least, max_values: most, file_types: fileTypes } = upload;
  const faults: PlacedFault[] = [];
  if ((least ?? 1) > (most ?? 1)) {
    const message = 'min_values must not be above max_values.';
    faults.push({ path: [...path, 'max_values'], code: 'FILE_UPLOAD_COMPONENT_BAD_VALUES', message });
  }
  for (const [index, fileType] of (fileTypes ?? []).entries()) {
    if (isFileType(fileType)) continue;
    const message = 'String value did not match validation regex.';
    faults.push({ path: [...path, 'file_types', index], code: 'STRING_TYPE_REGEX', message });
  }
  return faults;
}
