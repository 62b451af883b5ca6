// One delegation from two strangers to the launch of a project, as a front-end team writes it: with nothing but the types that openapi-typescript
// makes of the OpenAPI document. Usage: node client.js <gateway> <insurer's token> <delegate's token> <insurer's SIREN> <delegate's SIREN>.
// Reports where it arrived as one JSON line.
import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

type Role = components['schemas']['access.Role'];

const [gateway = '', insurersToken = '', delegatesToken = '', insurersSiren = '', delegatesSiren = ''] = process.argv.slice(2);
const roles: Role[] = ['ROLE_ADMINISTRATOR', 'ROLE_DELEGATION_MANAGER', 'ROLE_PROJECT_LEAD', 'ROLE_SIGNATORY'];
const day = (fromToday: number) => new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10);
const once = () => ({ 'Idempotency-Key': randomUUID() });

// What an accepted call gave; the story ends where one was refused.
function given<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data === undefined) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`);
  return data;
}

const etagOf = ({ response }: { response: Response }) => response.headers.get('etag') ?? '';

async function join(token: string, kind: components['schemas']['contracts.Organization']['kind'], legalName: string, siren: string) {
  const api = createClient<paths>({ baseUrl: gateway, headers: { Authorization: `Bearer ${token}` } });
  const { id } = given(await api.POST('/v1/organizations', { params: { header: once() }, body: { kind, legalName, siren } }));
  api.use({ onRequest: ({ request }) => { request.headers.set('X-Organization', id); return request; } });

  const [founder] = given(await api.GET('/v1/members')).members;
  if (!founder) throw new Error('nobody administers the organisation');
  given(await api.POST('/v1/members/{memberId}:setRoles', {
    params: { path: { memberId: founder.id }, header: { ...once(), 'If-Match': founder.etag } }, body: { roles },
  }));
  return api;
}

const insurer = await join(insurersToken, 'MUTUAL', 'Mutuelle en TypeScript', insurersSiren);
const delegate = await join(delegatesToken, 'DELEGATE', 'Délégataire en TypeScript', delegatesSiren);

const { id: delegationId } = given(await insurer.POST('/v1/delegations', {
  params: { header: once() },
  body: {
    title: 'Gestion santé',
    counterpart: { legalName: 'Délégataire en TypeScript', siren: delegatesSiren },
    referenceData: { products: [{ code: 'SANTE', label: 'Santé' }], populations: [{ code: 'ACTIFS', label: 'Actifs' }] },
  },
}));
const { code } = given(await insurer.POST('/v1/delegations/{delegationId}:invite', {
  params: { path: { delegationId }, header: once() }, body: { email: 'contact@example.org', displayName: 'Contact' },
}));
const opened = given(await delegate.POST('/v1/delegations:accept', { params: { header: once() }, body: { code } }));

const proposed = given(await insurer.POST('/v1/delegations/{delegationId}/scope-versions', {
  params: { path: { delegationId }, header: once() },
  body: { occasion: 'SCOPE_OCCASION_CONCLUSION', effectiveDay: day(-30), template: 'SCOPE_TEMPLATE_CODE_TOTAL' },
}));
let scope = proposed;
for (const side of [insurer, delegate]) {
  const path = { delegationId, scopeVersionId: proposed.id };
  const read = await side.GET('/v1/delegations/{delegationId}/scope-versions/{scopeVersionId}', { params: { path } });
  scope = given(await side.POST('/v1/delegations/{delegationId}/scope-versions/{scopeVersionId}:validate', {
    params: { path, header: { ...once(), 'If-Match': etagOf(read) } },
  }));
}

const draft = given(await delegate.POST('/v1/delegations/{delegationId}/letters', {
  params: { path: { delegationId }, header: once() },
  body: { scopeVersionId: scope.id, suggestedTerms: true, effectiveDay: day(-1), endDay: day(200), feeCap: { minorUnits: '100000', currency: 'EUR' } },
}));
const letterPath = { delegationId, letterId: draft.id };
let letter = given(await delegate.POST('/v1/delegations/{delegationId}/letters/{letterId}:issue', {
  params: { path: letterPath, header: { ...once(), 'If-Match': draft.etag } },
}));
for (const side of [insurer, delegate])
  letter = given(await side.POST('/v1/delegations/{delegationId}/letters/{letterId}:sign', {
    params: { path: letterPath, header: once() }, body: { textSha256: letter.textSha256 },
  }));

const { title } = given(await delegate.GET('/v1/delegations/{delegationId}/title', { params: { path: { delegationId }, query: { day: day(0) } } }));

// Services learn of each other a moment later.
let project;
for (let attempt = 0; attempt < 100 && !project; attempt++) {
  const answer = await insurer.POST('/v1/projects', { params: { header: once() }, body: { delegationId, name: 'Mise en gestion', openingDay: day(0) } });
  if (answer.response.status === 404) await new Promise(resolve => setTimeout(resolve, 100));
  else project = given(answer);
}

console.log(JSON.stringify({
  delegation: opened.state, scope: scope.state, letter: letter.state, signatures: letter.certificate?.signatures.length, title: title?.kind, project: project?.phase,
}));
