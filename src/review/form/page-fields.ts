/// <reference lib="dom" />

/** What a person put into a part of the form, by the names of its fields. */
export type Values = Record<string, string>;

export type PageFields = ReturnType<typeof openFields>;

/** Reads and fills the fields of a page in a browser; embedded as `runForm` is. */
export function openFields() {
  type Part = HTMLFormElement | HTMLFieldSetElement;
  type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

  function all<E extends Element>(root: ParentNode, selector: string): E[] {
    return [...root.querySelectorAll<E>(selector)];
  }

  function one(root: ParentNode, selector: string): HTMLElement;
  function one<E extends Element>(root: ParentNode, selector: string, kind: new () => E): E;
  function one(root: ParentNode, selector: string, kind: new () => Element = HTMLElement) {
    const found = root.querySelector(selector);
    if (found instanceof kind) return found;
    throw new Error(`the page has no ${selector}`);
  }

  /** The fields of a form without those of its findings, or the fields of one finding. */
  function fieldsOf(part: Part): Field[] {
    return all<Field>(part, '[name]').filter((field) => field.closest('.finding, form') === part);
  }

  function isRadio(field: Field): field is HTMLInputElement {
    return field instanceof HTMLInputElement && field.type === 'radio';
  }

  function valuesOf(part: Part): Values {
    const values: Values = {};
    for (const field of fieldsOf(part)) {
      if (!isRadio(field) || field.checked) values[field.name] = field.value;
      else values[field.name] ??= '';
    }
    return values;
  }

  function putValues(part: Part, values: Readonly<Record<string, unknown>>): void {
    for (const field of fieldsOf(part)) {
      const value = values[field.name];
      const text = typeof value === 'string' ? value : '';
      if (isRadio(field)) field.checked = field.value === text;
      else field.value = text;
    }
  }

  function isFilled(values: Values): boolean {
    return Object.values(values).some((value) => value !== '');
  }

  return { all, one, valuesOf, putValues, isFilled };
}
