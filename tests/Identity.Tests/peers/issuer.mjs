// A foreign OpenID Connect issuer: gives the client "delivery" access tokens signed with the algorithm in the argument.
// Reports its address as a JSON line, and ends when its standard input does.
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

// What the provider takes for granted and Node.js 18 does not have yet, or not under this name.
globalThis.crypto ??= webcrypto;
URL.parse ??= (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);

const [algorithm, secret] = process.argv.slice(2);
const { privateKey } = await generateKeyPair(algorithm, { extractable: true });

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(address, {
  clients: [{ client_id: 'delivery', client_secret: secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }],
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: 'first' }] },
  clientDefaults: { id_token_signed_response_alg: algorithm },
  enabledJWA: { idTokenSigningAlgValues: [algorithm] },
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:delegation-platform',
      getResourceServerInfo: () => ({
        audience: 'delegation-platform', scope: '', accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: algorithm } },
      }),
    },
  },
});
server.on('request', provider.callback());
console.log(JSON.stringify({ address }));
process.stdin.on('end', () => process.exit(0)).resume();
