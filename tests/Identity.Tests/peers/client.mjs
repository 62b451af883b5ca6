// A foreign OpenID Connect client of the issuer in the argument: discovers it, gets a token, and verifies that against the published keys.
// Reports header and claims as a JSON line.
import { webcrypto } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';

// Node.js 18 has it, and not yet under this name.
globalThis.crypto ??= webcrypto;

const [issuer, id, secret, method] = process.argv.slice(2);
const authentication = method === 'post' ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
const configuration = await oidc.discovery(new URL(issuer), id, undefined, authentication, { execute: [oidc.allowInsecureRequests] });
const tokens = await oidc.clientCredentialsGrant(configuration);

const keys = createRemoteJWKSet(new URL(configuration.serverMetadata().jwks_uri));
const { protectedHeader, payload } = await jwtVerify(tokens.access_token, keys, { issuer, audience: 'delegation-platform', typ: 'at+jwt' });
console.log(JSON.stringify({ header: protectedHeader, claims: payload, type: tokens.token_type, seconds: tokens.expires_in }));
