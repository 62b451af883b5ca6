// The interop service on a free loopback port: node server.mjs. Reports {port}, then {cancelled: label} for each duplex call given up.
// It ends when its standard input closes, so that it never outlives the test that started it.
import { createRequire } from 'node:module';
import grpc from '@grpc/grpc-js';
import { TestService, echoInitial, echoTrailing, label, report, zeros } from './protocol.mjs';

// grpc-js does not tell a handler whether the message came compressed. It unpacks with zlib before it calls the handler,
// and the tests make one such call at a time: what was unpacked since the last one belongs to this one.
let unpacked = 0;
const zlib = createRequire(import.meta.url)('zlib');
const { createGunzip } = zlib;
Object.defineProperty(zlib, 'createGunzip', {
  value: (...options) => {
    unpacked++;
    return createGunzip(...options);
  },
});

const failure = ({ code, message }) => ({ code, details: message });

function echoMetadata(call, trailers) {
  const [initial] = call.metadata.get(echoInitial);
  if (initial !== undefined) {
    const headers = new grpc.Metadata();
    headers.set(echoInitial, initial);
    call.sendMetadata(headers);
  }
  const [trailing] = call.metadata.get(echoTrailing);
  if (trailing !== undefined) trailers.set(echoTrailing, trailing);
}

function unaryCall(call, callback) {
  const { response_size, response_status, expect_compressed } = call.request;
  const compressed = unpacked > 0;
  unpacked = 0;
  if (expect_compressed && expect_compressed.value !== compressed) {
    callback({ code: grpc.status.INVALID_ARGUMENT, details: `expected compressed = ${expect_compressed.value}, was ${compressed}` });
    return;
  }
  const trailers = new grpc.Metadata();
  echoMetadata(call, trailers);
  if (response_status?.code) callback(failure(response_status));
  else callback(null, { payload: zeros(response_size) }, trailers);
}

async function answer(call, { response_parameters, response_status }) {
  if (response_status?.code) {
    call.emit('error', failure(response_status));
    return;
  }
  for (const { size, interval_us } of response_parameters) {
    if (interval_us > 0) await new Promise((done) => setTimeout(done, interval_us / 1000));
    call.write({ payload: zeros(size) });
  }
}

function fullDuplexCall(call) {
  const trailers = new grpc.Metadata();
  echoMetadata(call, trailers);
  let last = Promise.resolve(); // Answers keep the order of their requests.
  call.on('data', (request) => (last = last.then(() => answer(call, request))));
  call.on('end', () => last.then(() => call.end(trailers)));
  call.on('cancelled', () => report({ cancelled: call.metadata.get(label)[0] ?? '' }));
}

function streamingInputCall(call, callback) {
  let sum = 0;
  call.on('data', ({ payload }) => (sum += payload.body.length));
  call.on('end', () => callback(null, { aggregated_payload_size: sum }));
}

const server = new grpc.Server();
server.addService(TestService.service, {
  EmptyCall: (_, callback) => callback(null, {}),
  UnaryCall: unaryCall,
  StreamingInputCall: streamingInputCall,
  StreamingOutputCall: async (call) => {
    await answer(call, call.request);
    call.end();
  },
  FullDuplexCall: fullDuplexCall,
});

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  report({ port });
});
process.stdin.on('end', () => process.exit()).resume();
