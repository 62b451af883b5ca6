// A front-end team's first calls, with nothing but the types that openapi-typescript makes of the OpenAPI document.
// It runs on any Node.js from 18 on, where there is no global `crypto` yet.
// Usage: node client.js <gateway> <token>. Reports what it got as one JSON line.
import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

type Organization = components['schemas']['contracts.Organization'];

const [gateway = '', token = ''] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl: gateway, headers: { Authorization: `Bearer ${token}`, 'Accept-Language': 'fr' } });

const registered = await api.POST('/v1/organizations', {
  params: { header: { 'Idempotency-Key': randomUUID() } },
  body: { kind: 'MUTUAL', legalName: 'Mutuelle du Test', siren: '356 000 000' },
});
if (!registered.data) throw new Error(JSON.stringify(registered.error));
const organization: Organization = registered.data;

const read = await api.GET('/v1/organizations/{organizationId}', {
  params: { path: { organizationId: organization.id }, header: { 'X-Organization': organization.id } },
});

const refused = await api.POST('/v1/organizations', { body: { kind: 'MUTUAL', legalName: '', siren: '356000001' } });
const reasons: string[] | undefined = refused.error?.errors.map(error => `${error.field}: ${error.reason}`);

// @ts-expect-error A field that the contract does not know.
const unknown: components['schemas']['contracts.RegisterOrganizationBody'] = { kind: 'MUTUAL', legalName: 'x', siren: 'x', colour: 'red' };
// @ts-expect-error A value that the enum does not have.
const noKind: Organization['kind'] = 'BANK';
// @ts-expect-error A required field left out.
const noSiren: components['schemas']['contracts.RegisterOrganizationBody'] = { kind: 'MUTUAL', legalName: 'x' };
void [unknown, noKind, noSiren];

console.log(JSON.stringify({
  registered: organization,
  read: read.data,
  etag: read.response.headers.get('etag'),
  refused: { status: refused.response.status, title: refused.error?.title, reason: refused.error?.reason, reasons },
}));
