// What client and server share: the interop services, read from the .proto files at run time, and the numbers of the cases.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const protoRoot = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'proto');
const definition = loadSync('grpc/testing/test.proto', { includeDirs: [protoRoot], keepCase: true, defaults: true });

export const { TestService, UnimplementedService } = grpc.loadPackageDefinition(definition).grpc.testing;

export const echoInitial = 'x-grpc-test-echo-initial';
export const echoTrailing = 'x-grpc-test-echo-trailing-bin';
export const label = 'x-interop-label';

export const zeros = (size) => ({ body: Buffer.alloc(size) });

// One JSON object a line is what the tests read.
export const report = (line) => process.stdout.write(JSON.stringify(line) + '\n');
