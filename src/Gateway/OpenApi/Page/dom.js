// Elements are made, never parsed: nothing that the document or an answer says can become markup.

/** An element with properties and children; a text is a text. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter(child => child !== undefined && child !== ''));
  return element;
}

/** The Markdown that comments use: paragraphs, lists, `code` and **strong**. */
export function text(markdown = '') {
  const box = make('div', { className: 'text' });
  for (const block of markdown.split(/\n\n+/)) {
    const lines = block.split('\n');
    const items = lines.filter(line => line.startsWith('- '));
    const words = lines.filter(line => !line.startsWith('- ')).join(' ');
    if (words) box.append(make('p', {}, ...inline(words)));
    if (items.length) box.append(make('ul', {}, ...items.map(item => make('li', {}, ...inline(item.slice(2))))));
  }
  return box;
}

function inline(line) {
  return line.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map(part =>
    part.startsWith('`') ? make('code', {}, part.slice(1, -1))
      : part.startsWith('**') ? make('strong', {}, part.slice(2, -2))
      : part);
}
