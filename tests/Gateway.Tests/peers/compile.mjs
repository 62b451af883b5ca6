// openapi-typescript makes types of the document in the first argument; tsc, strict, compiles the client in the second argument against them into
// the folder in the third. Reports each complaint as a JSON line.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const [document, client, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'api.d.ts'), astToString(await openapiTS(pathToFileURL(document))));
copyFileSync(client, join(folder, 'client.ts'));

const program = ts.createProgram([join(folder, 'client.ts')], {
  strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
  noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: ['node'],
});
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  console.log(JSON.stringify({ file: file?.fileName, line, message: ts.flattenDiagnosticMessageText(messageText, ' ') }));
}
program.emit();
