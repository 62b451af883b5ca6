// Validates values against schemas of the OpenAPI document in the argument, by JSON Schema 2020-12 as OpenAPI 3.1 has it. Reads a JSON array of
// { schema, value } from the file in the second argument and reports for each, as a JSON line, what is wrong; null for nothing.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [document, values] = process.argv.slice(2).map(file => JSON.parse(readFileSync(file, 'utf8')));
const ajv = new Ajv.default({ strict: false, allErrors: true, logger: false });
addFormats.default(ajv);
ajv.addSchema(document, 'openapi');
for (const { schema, value } of values) {
  const validate = ajv.getSchema(`openapi#/components/schemas/${schema}`);
  validate(value);
  console.log(JSON.stringify(validate.errors && ajv.errorsText(validate.errors)));
}
