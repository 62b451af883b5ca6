// Redocly's linter with its recommended rules on the OpenAPI document in the argument. Reports each problem as a JSON line.
import { createConfig, lint } from '@redocly/openapi-core';

const config = await createConfig({ extends: ['recommended'] });
for (const { severity, ruleId, message, location } of await lint({ ref: process.argv[2], config }))
  console.log(JSON.stringify({ severity, rule: ruleId, message, where: location[0]?.pointer }));
