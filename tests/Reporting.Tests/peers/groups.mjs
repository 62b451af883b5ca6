// Benefits grouped by DuckDB from a Parquet file: what a report is measured beside. Arguments: a CSV file of benefits, the Parquet file to make of it, and lists of keys
// as JSON, each a list of SQL expressions. Says {} when the file is there; then answers each line of its input, the number of a list, by a line of JSON: the milliseconds
// that DuckDB took, the groups, and the cents of benefit in all.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const [file, parquet, lists] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const amounts = ['expenses', 'compulsory_base', 'compulsory_paid', 'benefit', 'other_paid', 'out_of_pocket'];
const cents = amounts.map(name => `CAST(CAST(${name} AS DECIMAL(18, 2)) * 100 AS BIGINT) AS ${name}`);
await connection.run(`COPY (
  SELECT * REPLACE (${cents}, CAST(care_day AS DATE) AS care_day, CAST(payment_day AS DATE) AS payment_day, CAST(acts AS INTEGER) AS acts)
  FROM read_csv('${file}', delim = ';', header = true, all_varchar = true)) TO '${parquet}' (FORMAT parquet)`);
console.log('{}');

const queries = JSON.parse(lists).map(keys => `SELECT ${keys}, sum(acts) AS acts, ${amounts.map(name => `sum(${name}) AS ${name}`)} FROM '${parquet}' GROUP BY ALL`);
for await (const number of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const answer = await connection.runAndReadAll(`SELECT count(*), CAST(sum(benefit) AS BIGINT), sum(acts + ${amounts.join(' + ')}) FROM (${queries[Number(number)]})`);
  const milliseconds = performance.now() - start;
  const [groups, benefit] = answer.getRows()[0];
  console.log(JSON.stringify({ milliseconds, groups: Number(groups), benefit: Number(benefit) }));
}
