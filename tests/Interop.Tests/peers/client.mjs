// Runs every interop case against a server: node client.mjs <host:port> <route>. Reports {case, ok, error} lines.
import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { TestService, UnimplementedService, echoInitial, echoTrailing, label, report, zeros } from './protocol.mjs';

const [address, route] = process.argv.slice(2);
const insecure = grpc.credentials.createInsecure();
const client = new TestService(address, insecure);
const compressing = new TestService(address, insecure, {
  'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip,
});

const requestSizes = [27182, 8, 1828, 45904];
const responseSizes = [31415, 9, 2653, 58979];
const soon = () => ({ deadline: Date.now() + 20_000 });
const large = (more = {}) => ({ response_size: 314159, payload: zeros(271828), ...more });
const ping = (request, ...responses) => ({ payload: zeros(request), response_parameters: responses.map((size) => ({ size })) });
const specialMessage = '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1F608}\t\n';

// A unary call as a promise of its response, headers and final status; rejects with the status of a call that fails.
function unary(service, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve, reject) => {
    const seen = {};
    const call = service[method](request, metadata, soon(), (error, response) => (error ? reject(error) : (seen.response = response)));
    call.on('metadata', (headers) => (seen.headers = headers));
    call.on('status', (status) => status.code === grpc.status.OK && resolve({ ...seen, status }));
  });
}

// How a stream ends: its messages, headers and status, whatever the status is.
function drain(call, onMessage = () => {}) {
  return new Promise((resolve) => {
    const seen = { messages: [] };
    call.on('metadata', (headers) => (seen.headers = headers));
    call.on('data', (message) => {
      seen.messages.push(message);
      onMessage(message, seen.messages.length);
    });
    call.on('error', () => {}); // Also reported as status.
    call.on('status', (status) => resolve({ ...seen, status }));
  });
}

async function ends(code, promise) {
  const error = await promise.then(() => assert.fail(`expected status ${code}, got OK`), (e) => e);
  assert.equal(error.code, code, error.message);
  return error;
}

const sizes = (messages) => messages.map((message) => message.payload.body.length);

async function endsWith(code, message) {
  const response_status = { code, message };
  assert.equal((await ends(code, unary(client, 'UnaryCall', { response_status }))).details, message);
  const duplex = client.FullDuplexCall(soon());
  duplex.end({ response_status });
  const { status } = await drain(duplex);
  assert.deepEqual([status.code, status.details], [code, message]);
}

const cases = {
  async empty_unary() {
    assert.deepEqual((await unary(client, 'EmptyCall', {})).response, {});
  },
  async large_unary() {
    const { response } = await unary(client, 'UnaryCall', large());
    assert.ok(response.payload.body.equals(Buffer.alloc(314159)));
  },
  async client_compressed_unary() {
    const compressed = large({ expect_compressed: { value: true } });
    // A server that does not look would accept this one, and its word on the others would be worth nothing.
    await ends(grpc.status.INVALID_ARGUMENT, unary(client, 'UnaryCall', compressed));
    assert.equal((await unary(compressing, 'UnaryCall', compressed)).response.payload.body.length, 314159);
    await unary(client, 'UnaryCall', large({ expect_compressed: { value: false } }));
  },
  async server_compressed_unary() {
    for (const value of [true, false]) {
      const { response, status } = await unary(client, 'UnaryCall', large({ response_compressed: { value } }));
      assert.equal(response.payload.body.length, 314159);
      assert.deepEqual(status.metadata.get('x-interop-response-compressed'), [String(value)]);
    }
  },
  async client_streaming() {
    const response = await new Promise((resolve, reject) => {
      const call = client.StreamingInputCall(soon(), (error, value) => (error ? reject(error) : resolve(value)));
      for (const size of requestSizes) call.write({ payload: zeros(size) });
      call.end();
    });
    assert.equal(response.aggregated_payload_size, 74922);
  },
  async server_streaming() {
    const { messages, status } = await drain(client.StreamingOutputCall(ping(0, ...responseSizes), soon()));
    assert.equal(status.code, grpc.status.OK);
    assert.deepEqual(sizes(messages), responseSizes);
  },
  async ping_pong() {
    const call = client.FullDuplexCall(soon());
    const next = (index) => (index < 4 ? call.write(ping(requestSizes[index], responseSizes[index])) : call.end());
    const end = drain(call, (_, count) => next(count));
    next(0);
    const { messages, status } = await end;
    assert.equal(status.code, grpc.status.OK);
    assert.deepEqual(sizes(messages), responseSizes);
  },
  async empty_stream() {
    const call = client.FullDuplexCall(soon());
    call.end();
    const { messages, status } = await drain(call);
    assert.deepEqual([status.code, messages], [grpc.status.OK, []]);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set(echoInitial, 'test_initial_metadata_value');
    metadata.set(echoTrailing, Buffer.from('ababab', 'hex'));
    const echoed = ({ headers, status }) => {
      assert.deepEqual(headers.get(echoInitial), ['test_initial_metadata_value']);
      assert.deepEqual(status.metadata.get(echoTrailing), [Buffer.from('ababab', 'hex')]);
    };
    echoed(await unary(client, 'UnaryCall', large(), metadata));
    const duplex = client.FullDuplexCall(metadata, soon());
    duplex.end(ping(271828, 314159));
    echoed(await drain(duplex));
  },
  status_code_and_message: () => endsWith(grpc.status.UNKNOWN, 'test status message'),
  special_status_message: () => endsWith(grpc.status.UNKNOWN, specialMessage),
  unimplemented_method: () => ends(grpc.status.UNIMPLEMENTED, unary(client, 'UnimplementedCall', {})),
  async unimplemented_service() {
    const other = new UnimplementedService(address, insecure);
    await ends(grpc.status.UNIMPLEMENTED, unary(other, 'UnimplementedCall', {}));
    other.close();
  },
  async cancel_after_begin() {
    const cancelled = new Promise((resolve, reject) => {
      const call = client.StreamingInputCall(soon(), (error, value) => (error ? reject(error) : resolve(value)));
      call.cancel();
    });
    await ends(grpc.status.CANCELLED, cancelled);
  },
  async cancel_after_first_response() {
    const metadata = new grpc.Metadata();
    metadata.set(label, `${route}/cancel_after_first_response`);
    const call = client.FullDuplexCall(metadata, soon());
    const end = drain(call, () => call.cancel());
    call.write(ping(27182, 31415));
    const { messages, status } = await end;
    assert.deepEqual([status.code, messages.length], [grpc.status.CANCELLED, 1]);
  },
  async timeout_on_sleeping_server() {
    const call = client.FullDuplexCall({ deadline: Date.now() + 1 });
    call.write(ping(27182));
    const { status } = await drain(call);
    assert.equal(status.code, grpc.status.DEADLINE_EXCEEDED, status.details);
  },
};

for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    report({ case: name, ok: true });
  } catch (error) {
    report({ case: name, ok: false, error: error.stack });
  }
}

// The deadline timers of finished calls would keep the process for the rest of their 20 seconds.
process.exit();
