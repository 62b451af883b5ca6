// Technical figures by another way: DuckDB over the CSV files themselves. Arguments: the folder of the files (benefits.csv, premiums.csv,
// membership.csv, as many as match benefits*.csv), and questions as JSON: [{view, start, end, valuation, by}]. Writes one line of JSON for each line of each
// answer: [question, key…, figure…], whole numbers as texts; the total has null keys. Ratios are in millionths, amounts in cents, half away from zero.
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, asked] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const cents = column => `CAST(CAST(${column} AS DECIMAL(18, 2)) * 100 AS HUGEINT)`;
const read = (name, select) => connection.run(
  `CREATE TABLE ${name} AS SELECT ${select} FROM read_csv('${folder}/${name}*.csv', delim = ';', header = true, all_varchar = true)`);

const common = `contract_reference AS contract, product, CASE individual WHEN 'I' THEN 'individual' ELSE 'group' END AS business, college`;
const person = 'beneficiary_kind, age_band, sex, region';
await read('benefits', `${common}, ${person}, level, category, act, basket, CAST(care_day AS DATE) AS occurred, CAST(payment_day AS DATE) AS booked, CAST(acts AS HUGEINT) AS acts,
  ${cents('expenses')} AS expenses, ${cents('compulsory_base')} AS base, ${cents('compulsory_paid')} AS compulsory, ${cents('benefit')} AS benefit, ${cents('other_paid')} AS other,
  ${cents('out_of_pocket')} AS pocket`);
await read('premiums', `${common}, CAST("month" AS DATE) AS occurred, CAST(entry_day AS DATE) AS booked, ${cents('called')} AS called, ${cents('collected')} AS collected,
  ${cents('earned')} AS earned, ${cents('tax')} AS tax`);
await read('membership', `${common}, ${person}, CAST("month" AS DATE) AS occurred, CAST(insured AS HUGEINT) AS insured, CAST(exposure_days AS HUGEINT) AS days, CAST(entries AS HUGEINT) AS entries,
  CAST(exits AS HUGEINT) AS exits`);
await connection.run(`CREATE MACRO quotient(a, b) AS CASE WHEN b = 0 THEN NULL ELSE sign(a) * sign(b) * ((2 * abs(a) + abs(b)) // (2 * abs(b))) END`);

const ofActs = ['category', 'act', 'basket'];
for (const [number, { view, start, end, valuation, by }] of JSON.parse(asked).entries()) {
  const day = view === 'accounting' ? 'booked' : 'occurred';
  const month = column => `strftime(date_trunc('month', ${column}), '%Y-%m-%d')`;
  const within = column => `${column} BETWEEN '${start}' AND '${end}'`;
  const until = valuation ? ` AND booked <= '${valuation}'` : '';
  const keys = column => by.map(key => (key === 'month' ? `${month(column)} AS "month"` : key));
  const lines = by.length > 0 ? `GROUP BY ALL` : '';
  const people = by.filter(key => !ofActs.includes(key));
  // What premiums and membership do not tell apart: no figure on the lines, the whole on the total.
  const premiumsTold = by.every(key => ['month', 'contract', 'product', 'business', 'college'].includes(key));
  const membersTold = !by.includes('level');
  const yearDays = column => `CASE WHEN year(${column}) % 4 = 0 THEN 366 ELSE 365 END`;

  const paid = keys => `SELECT ${[...keys, 'sum(acts) AS acts', 'sum(expenses) AS expenses', 'sum(base) AS base', 'sum(compulsory) AS compulsory', 'sum(benefit) AS benefit',
    'sum(other) AS other', 'sum(pocket) AS pocket'].join()} FROM benefits WHERE ${within(day)}${until}`;
  const premium = keys => `SELECT ${[...keys, 'sum(called) AS called', 'sum(collected) AS collected', 'sum(earned) AS earned', 'sum(tax) AS tax'].join()} FROM premiums WHERE ${within(day)}${until}`;
  const last = by.includes('month') ? 'true' : `occurred = date_trunc('month', DATE '${end}')`;
  const covered = (keys, last) => `SELECT ${[...keys, 'sum(days) AS days', `sum(CASE WHEN ${last} THEN insured ELSE 0 END) AS at_end`, 'sum(entries) AS entries', 'sum(exits) AS exits'].join()}
    FROM membership WHERE ${within('occurred')}`;
  const zero = (...columns) => columns.map(column => `coalesce(${column}, 0) AS ${column}`).join();
  const figures = (days, year, premiums, members) => `
    acts, expenses, base, compulsory, benefit, other, pocket, quotient(pocket * 1000000, expenses), quotient(benefit, acts),
    ${premiums ? 'called, collected, quotient(collected * 1000000, called), earned, tax, quotient(benefit * 1000000, earned), earned - benefit' : 'NULL, NULL, NULL, NULL, NULL, NULL, NULL'},
    ${members ? `days, quotient(days * 1000000, ${days}), at_end, entries, exits, quotient(acts * ${year} * 1000000, days), quotient(benefit * ${year}, days)` : 'NULL, NULL, NULL, NULL, NULL, NULL, NULL'}`;
  const measures = `${zero('acts', 'expenses', 'base', 'compulsory', 'benefit', 'other', 'pocket')}, ${zero('called', 'collected', 'earned', 'tax')}, ${zero('days', 'at_end', 'entries', 'exits')}`;

  const period = `(DATE '${end}' - DATE '${start}' + 1)`;
  const total = `SELECT ${[...by.map(key => `NULL AS "${key}"`), figures(period, yearDays(`DATE '${end}'`), true, true)].join()}
    FROM (SELECT ${measures} FROM (${paid([])}), (${premium([])}), (${covered([], last.replace('true', `occurred = date_trunc('month', DATE '${end}')`))}))`;
  const answers = [await connection.runAndReadAll(total)];
  if (by.length > 0) {
    const names = by.map(key => `"${key}"`);
    const using = columns => (columns.length > 0 ? `USING (${columns.join()})` : 'ON true');
    const join = (told, all, keys, source) => !told ? '' : keys.length === 0 ? `, (${source([])})` : ` ${all ? 'FULL' : 'LEFT'} JOIN (${source(keys)} GROUP BY ALL) ${using(keys.map(key => key.split(' AS ').at(-1)))}`;
    const given = (told, ...columns) => (told ? `, ${zero(...columns)}` : '');
    const from = `(${paid(keys(day))} ${lines})${join(premiumsTold, true, keys(day), premium)}`;
    const membersKeys = people.map(key => (key === 'month' ? `${month('occurred')} AS "month"` : key));
    const joined = `${from}${join(membersTold, people.length === by.length, membersKeys, keys => covered(keys, last))}`;
    const ofMonth = by.includes('month');
    answers.push(await connection.runAndReadAll(`SELECT ${[...names, figures(ofMonth ? `day(last_day(CAST("month" AS DATE)))` : period, yearDays(ofMonth ? `CAST("month" AS DATE)` : `DATE '${end}'`),
      premiumsTold, membersTold)].join()}
      FROM (SELECT ${names.join()}, ${zero('acts', 'expenses', 'base', 'compulsory', 'benefit', 'other', 'pocket')}${given(premiumsTold, 'called', 'collected', 'earned', 'tax')}${given(membersTold, 'days', 'at_end', 'entries', 'exits')}
      FROM ${joined}) ORDER BY ALL`));
  }

  for (const answer of answers)
    for (const row of answer.getRows())
      console.log(JSON.stringify([String(number), ...row.map(cell => (cell === null ? null : String(cell)))]));
}
