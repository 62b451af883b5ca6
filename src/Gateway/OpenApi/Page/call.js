// Sends the request that the form describes, and shows the answer as it comes.
import { make } from './dom.js';

const setting = id => document.getElementById(id).value.trim();

/** The request of an operation: address, headers, body. */
export function request({ path, verb }, inputs, body) {
  const headers = { 'Accept-Language': setting('language') };
  const query = new URLSearchParams();
  let url = path;
  for (const { parameter, input } of inputs) {
    const value = input.value.trim();
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value === '') continue;
    else if (parameter.in === 'header') headers[parameter.name] = value;
    else for (const each of parameter.schema.type === 'array' ? value.split(/\s*,\s*/) : [value]) query.append(parameter.name, each);
  }
  if (setting('token')) headers.Authorization = `Bearer ${setting('token')}`;
  if (setting('organization')) headers['X-Organization'] = setting('organization');
  if (body) headers['Content-Type'] = body.type;
  return { url: url + (query.size ? `?${query}` : ''), method: verb.toUpperCase(), headers, body: body?.content() };
}

/** The same for a terminal, without the token. */
export function curl({ url, method, headers, body }) {
  const quote = value => `'${String(value).replaceAll("'", "'\\''")}'`;
  const sent = Object.entries(headers).filter(([name]) => name !== 'Authorization').map(([name, value]) => ` \\\n  -H ${quote(`${name}: ${value}`)}`);
  const data = typeof body === 'string' ? ` \\\n  -d ${quote(body)}` : body ? ` \\\n  --data-binary @${quote(body.name)}` : '';
  return `curl -X ${method} ${quote(location.origin + url)} \\\n  -H "Authorization: Bearer $TOKEN"${sent.join('')}${data}`;
}

/** Sends it; the signal ends a stream. Resolves to the answer's headers, or undefined when there was none. */
export async function send({ url, ...init }, output, signal) {
  const started = performance.now();
  const shown = make('pre', { tabIndex: 0 });
  output.replaceChildren(make('p', { className: 'faint' }, 'Waiting …'));
  try {
    const answer = await fetch(url, { ...init, signal });
    const status = make('strong', { className: answer.ok ? 'good' : 'bad' }, `${answer.status} ${answer.statusText}`);
    output.replaceChildren(
      make('p', {}, status, ` after ${Math.round(performance.now() - started)} ms`),
      make('details', {}, make('summary', {}, 'Headers'), make('pre', {}, [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'))),
      shown);
    await show(answer, shown);
    return answer.headers;
  } catch (error) {
    output.append(make('p', { className: 'bad' }, signal.aborted ? 'Ended.' : `No answer: ${error.message}`));
  }
}

async function show(answer, shown) {
  const type = answer.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    for await (const part of pieces(answer.body)) shown.append(part);
  } else if (/json|text/.test(type) || type === '') {
    const body = await answer.text();
    try { shown.textContent = JSON.stringify(JSON.parse(body), null, 2); } catch { shown.textContent = body; }
  } else {
    const file = await answer.blob();
    shown.replaceWith(make('a', { href: URL.createObjectURL(file), download: 'answer' }, `Save ${file.size} bytes of ${type}`));
  }
}

async function* pieces(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}
