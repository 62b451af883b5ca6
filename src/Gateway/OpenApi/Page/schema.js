// What a schema of the document says, as elements to read and as an example to start from.
import { make, text } from './dom.js';

let root = {};

/** The document that references are looked up in. */
export const use = openapi => { root = openapi; };

/** What a reference stands for, with what is said beside it. */
export function resolve(node) {
  if (!node?.$ref) return node ?? {};
  const target = node.$ref.slice(2).split('/').reduce((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
  return { ...target, ...node, $ref: undefined, name: target.name, of: node.$ref.split('/').pop() };
}

/** The type in a few words. */
export function typeOf(schema) {
  const { type, format, items, additionalProperties, enum: values, of } = resolve(schema);
  if (type === 'array') return `list of ${typeOf(items)}`;
  if (type === 'object' && additionalProperties?.type) return `map to ${typeOf(additionalProperties)}`;
  return (values || type === 'object') && of ? of : [].concat(type ?? 'any').join(' or ') + (format ? ` (${format})` : '');
}

/** Its fields, to unfold where they have fields. */
export function describe(schema, seen = []) {
  const { properties, required = [], enum: values, description } = resolve(schema);
  if (values) return text(description);
  const list = make('dl');
  for (const [name, field] of Object.entries(properties ?? {})) {
    list.append(make('dt', {}, name, make('span', { className: 'faint' }, ` ${typeOf(field)}${required.includes(name) ? ', required' : ''}`)));
    const value = make('dd', {}, text(field.description));
    const inner = [field, field.items, field.additionalProperties].find(node => node?.$ref);
    if (inner && !seen.includes(inner.$ref)) value.append(unfold(typeOf(inner), () => describe(inner, [...seen, inner.$ref])));
    list.append(value);
  }
  return list;
}

/** Made when it is opened: a tree of all fields would be long. */
export function unfold(title, content) {
  const details = make('details', {}, make('summary', {}, title));
  details.addEventListener('toggle', () => details.append(content()), { once: true });
  return details;
}

/** A value to start from: every field, with an empty value of its type. */
export function example(schema, seen = []) {
  const { type, properties, items, enum: values, format, of } = resolve(schema);
  if (values) return values[1] ?? values[0];
  switch ([].concat(type)[0]) {
    case 'array': return seen.includes(items.$ref) ? [] : [example(items, seen)];
    case 'object': return seen.includes(of) ? {} : Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, field]) => [name, example(field, [...seen, of])]));
    case 'boolean': return false;
    case 'integer': case 'number': return 0;
    default: return format === 'date-time' ? new Date().toISOString() : format === 'int64' ? '0' : '';
  }
}
