// Reads the OpenAPI document and lets people call what it describes.
import { curl, request, send } from './call.js';
import { make, text } from './dom.js';
import { describe, example, resolve, typeOf, unfold, use } from './schema.js';

const element = id => document.getElementById(id);
let operations = [];
let running;
let etag = '';

// Kept while the tab is open, for the reader who reloads.
for (const id of ['token', 'organization', 'language']) {
  element(id).value = sessionStorage.getItem(id) ?? element(id).value;
  element(id).addEventListener('input', () => sessionStorage.setItem(id, element(id).value));
}

const openapi = await (await fetch('/openapi/v1.json')).json();
use(openapi);
operations = Object.entries(openapi.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, operation]) => ({ path, verb, ...operation })));
element('filter').addEventListener('input', list);
addEventListener('hashchange', open);
list();
open();

function list() {
  const wanted = element('filter').value.toLowerCase();
  const found = operations.filter(({ operationId, path, summary }) => `${operationId} ${path} ${summary}`.toLowerCase().includes(wanted));
  const current = location.hash.slice(1);
  element('operations').replaceChildren(...openapi.tags.flatMap(tag => {
    const links = found.filter(operation => operation.tags.includes(tag.name)).map(({ operationId, verb, summary }) =>
      make('a', { href: `#${operationId}`, title: summary, ariaCurrent: operationId === current ? 'page' : null },
        make('span', { className: 'verb' }, verb.toUpperCase()), operationId));
    return links.length ? [make('h2', {}, tag.name), ...links] : [];
  }));
}

function open() {
  running?.abort();
  const operation = operations.find(({ operationId }) => `#${operationId}` === location.hash);
  element('operation').replaceChildren(...operation ? page(operation) : welcome());
  element('operation').scrollTop = 0;
  document.title = `${operation?.operationId ?? 'API'}: ${openapi.info.title}`;
  list();
}

function welcome() {
  return [make('h2', {}, openapi.info.title), text(openapi.info.description),
    ...openapi.tags.flatMap(tag => [make('h3', {}, tag.name), text(tag.description)])];
}

function page(operation) {
  const inputs = (operation.parameters ?? []).map(resolve).filter(({ name }) => !['X-Organization', 'Accept-Language'].includes(name))
    .map(parameter => ({ parameter, input: inputOf(parameter) }));
  const body = bodyOf(operation.requestBody);
  const output = make('div', { ariaLive: 'polite' });
  const form = make('form', {},
    ...inputs.map(({ parameter, input }) => make('div', { className: 'field' },
      make('span', {}, make('code', {}, parameter.name), make('span', { className: 'faint' }, ` ${parameter.in}${parameter.required ? ', required' : ''}`)),
      input, text(parameter.description))),
    ...body ? [make('h3', {}, 'Body'), body.input, unfold('Fields', () => describe(body.schema))] : [],
    make('p', { className: 'row' },
      make('button', { className: 'main' }, 'Send'),
      make('button', { type: 'button', onclick: () => running?.abort() }, 'Stop'),
      make('button', { type: 'button', onclick: () => output.replaceChildren(make('pre', { tabIndex: 0 }, curl(request(operation, inputs, body)))) }, 'As curl')));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    running?.abort();
    running = new AbortController();
    const headers = await send(request(operation, inputs, body), output, running.signal);
    etag = headers?.get('etag') ?? etag;
  });
  return [
    make('h2', {}, operation.operationId),
    make('p', {}, make('span', { className: 'verb' }, operation.verb.toUpperCase()), ' ', make('span', { className: 'path' }, operation.path)),
    text(operation.description), make('h3', {}, 'Try it'), form, output, make('h3', {}, 'Answers'), ...answers(operation.responses)];
}

function inputOf({ name, required, schema }) {
  const { enum: values, type } = resolve(schema);
  const label = { ariaLabel: name, required: !!required };
  if (values) return make('select', label, make('option', {}, ''), ...values.map(value => make('option', {}, value)));
  const value = name === 'Idempotency-Key' ? uuid() : name === 'If-Match' ? etag : '';
  return make('input', { ...label, value, autocomplete: 'off', spellcheck: false, placeholder: type === 'array' ? 'several, separated by commas' : typeOf(schema) });
}

function bodyOf(requestBody) {
  if (!requestBody) return;
  const [[type, { schema }]] = Object.entries(requestBody.content);
  if (type === 'application/octet-stream') {
    const file = make('input', { type: 'file', ariaLabel: 'Body', required: true });
    return { type, schema, input: file, content: () => file.files[0] };
  }
  const value = JSON.stringify(example(schema), null, 2);
  const input = make('textarea', { ariaLabel: 'Body', spellcheck: false, value, rows: Math.min(value.split('\n').length + 1, 24) });
  return { type, schema, input, content: () => input.value };
}

function answers(responses) {
  return Object.entries(responses).map(([status, response]) => {
    const { description, content } = resolve(response);
    const [[type, { schema }]] = Object.entries(content);
    return make('div', {}, make('div', { className: 'row' }, make('strong', {}, status), text(description)),
      unfold(`${type}: ${typeOf(schema.contentSchema ?? schema)}`, () => describe(schema.contentSchema ?? schema)));
  });
}

// crypto.randomUUID is there on secure origins only.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
