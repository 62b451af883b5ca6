"""Runs every interop case against a server: client.py <host:port> <route>, the descriptors of the protocol on standard input.

Reports {case, ok, error} lines. The messages are made at run time from the descriptors, so nothing is generated or kept.
"""
import json
import sys
import threading
import traceback

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

address, route = sys.argv[1:3]

pool = descriptor_pool.DescriptorPool()
for file in descriptor_pb2.FileDescriptorSet.FromString(sys.stdin.buffer.read()).file:
    pool.Add(file)


def message(name):
    descriptor = pool.FindMessageTypeByName("grpc.testing." + name)
    # Protobuf 4.22 renamed it; Debian 12 has 4.21.
    make = getattr(message_factory, "GetMessageClass", None) or message_factory.MessageFactory(pool).GetPrototype
    return make(descriptor)


Empty, Payload, SimpleRequest = message("Empty"), message("Payload"), message("SimpleRequest")
StreamingInputCallRequest, StreamingOutputCallRequest = message("StreamingInputCallRequest"), message("StreamingOutputCallRequest")

channel = grpc.insecure_channel(address)


def stub(kind, method, request, response, service="TestService"):
    return getattr(channel, kind)(
        f"/grpc.testing.{service}/{method}",
        request_serializer=request.SerializeToString,
        response_deserializer=message(response).FromString,
    )


empty_call = stub("unary_unary", "EmptyCall", Empty, "Empty")
unary_call = stub("unary_unary", "UnaryCall", SimpleRequest, "SimpleResponse")
streaming_output_call = stub("unary_stream", "StreamingOutputCall", StreamingOutputCallRequest, "StreamingOutputCallResponse")
streaming_input_call = stub("stream_unary", "StreamingInputCall", StreamingInputCallRequest, "StreamingInputCallResponse")
full_duplex_call = stub("stream_stream", "FullDuplexCall", StreamingOutputCallRequest, "StreamingOutputCallResponse")
unimplemented_call = stub("unary_unary", "UnimplementedCall", Empty, "Empty")
unimplemented_service_call = stub("unary_unary", "UnimplementedCall", Empty, "Empty", service="UnimplementedService")

REQUEST_SIZES = [27182, 8, 1828, 45904]
RESPONSE_SIZES = [31415, 9, 2653, 58979]
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001F608\t\n"
SOON = 20  # seconds
over = threading.Event()


def zeros(size):
    return Payload(body=bytes(size))


def large(**more):
    return SimpleRequest(response_size=314159, payload=zeros(271828), **more)


def ping(request, *responses):
    return StreamingOutputCallRequest(payload=zeros(request), response_parameters=[{"size": size} for size in responses])


def equal(expected, actual):
    assert expected == actual, f"expected {expected!r}, got {actual!r}"


def unfinished(*requests):
    """A stream of requests that does not end before its call does."""
    yield from requests
    over.wait(SOON)


def ends(code, call):
    """The error that the call ends with, which has the given code."""
    try:
        call()
    except grpc.RpcError as error:
        equal(code, error.code())
        return error
    raise AssertionError(f"expected {code}, got OK")


def ends_with(code, text):
    status = {"code": code.value[0], "message": text}
    equal(text, ends(code, lambda: unary_call(SimpleRequest(response_status=status), timeout=SOON)).details())
    call = full_duplex_call(iter([StreamingOutputCallRequest(response_status=status)]), timeout=SOON)
    equal(text, ends(code, lambda: next(call)).details())


def empty_unary():
    equal(Empty(), empty_call(Empty(), timeout=SOON))


def large_unary():
    equal(bytes(314159), unary_call(large(), timeout=SOON).payload.body)


def client_compressed_unary():
    compressed = large(expect_compressed={"value": True})
    # A server that does not look would accept this one, and its word on the others would be worth nothing.
    ends(grpc.StatusCode.INVALID_ARGUMENT, lambda: unary_call(compressed, timeout=SOON))
    equal(314159, len(unary_call(compressed, timeout=SOON, compression=grpc.Compression.Gzip).payload.body))
    unary_call(large(expect_compressed={"value": False}), timeout=SOON)


def server_compressed_unary():
    for wanted in (True, False):
        response, call = unary_call.with_call(large(response_compressed={"value": wanted}), timeout=SOON)
        equal(314159, len(response.payload.body))
        equal("true" if wanted else "false", dict(call.trailing_metadata())["x-interop-response-compressed"])


def client_streaming():
    requests = (StreamingInputCallRequest(payload=zeros(size)) for size in REQUEST_SIZES)
    equal(74922, streaming_input_call(requests, timeout=SOON).aggregated_payload_size)


def server_streaming():
    responses = streaming_output_call(ping(0, *RESPONSE_SIZES), timeout=SOON)
    equal(RESPONSE_SIZES, [len(response.payload.body) for response in responses])


def ping_pong():
    answered = [threading.Event() for _ in REQUEST_SIZES]

    def requests():
        # The library takes requests as fast as it can; the case is to send each after the answer to the last.
        for request, response, event in zip(REQUEST_SIZES, RESPONSE_SIZES, answered):
            yield ping(request, response)
            event.wait(SOON)

    sizes = []
    for index, response in enumerate(full_duplex_call(requests(), timeout=SOON)):
        sizes.append(len(response.payload.body))
        answered[index].set()
    equal(RESPONSE_SIZES, sizes)


def empty_stream():
    equal([], list(full_duplex_call(iter([]), timeout=SOON)))


def custom_metadata():
    initial, trailing = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"
    sent = ((initial, "test_initial_metadata_value"), (trailing, b"\xab\xab\xab"))

    def echoed(call):
        equal("test_initial_metadata_value", dict(call.initial_metadata())[initial])
        equal(b"\xab\xab\xab", dict(call.trailing_metadata())[trailing])

    echoed(unary_call.with_call(large(), metadata=sent, timeout=SOON)[1])
    duplex = full_duplex_call(iter([ping(271828, 314159)]), metadata=sent, timeout=SOON)
    equal(1, len(list(duplex)))
    echoed(duplex)


def status_code_and_message():
    ends_with(grpc.StatusCode.UNKNOWN, "test status message")


def special_status_message():
    ends_with(grpc.StatusCode.UNKNOWN, SPECIAL_MESSAGE)


def unimplemented_method():
    ends(grpc.StatusCode.UNIMPLEMENTED, lambda: unimplemented_call(Empty(), timeout=SOON))


def unimplemented_service():
    ends(grpc.StatusCode.UNIMPLEMENTED, lambda: unimplemented_service_call(Empty(), timeout=SOON))


def cancel_after_begin():
    call = streaming_input_call.future(unfinished(), timeout=SOON)
    call.cancel()
    equal(True, call.cancelled())
    equal(grpc.StatusCode.CANCELLED, call.code())


def cancel_after_first_response():
    metadata = (("x-interop-label", f"{route}/cancel_after_first_response"),)
    call = full_duplex_call(unfinished(ping(27182, 31415)), metadata=metadata, timeout=SOON)
    equal(31415, len(next(call).payload.body))
    call.cancel()
    try:
        next(call)
    except grpc.RpcError as error:
        equal(grpc.StatusCode.CANCELLED, error.code())
    else:
        raise AssertionError("expected CANCELLED, got a message")


def timeout_on_sleeping_server():
    call = full_duplex_call(unfinished(ping(27182)), timeout=0.001)
    ends(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(call))


CASES = [
    empty_unary, large_unary, client_compressed_unary, server_compressed_unary, client_streaming, server_streaming, ping_pong,
    empty_stream, custom_metadata, status_code_and_message, special_status_message, unimplemented_method, unimplemented_service,
    cancel_after_begin, cancel_after_first_response, timeout_on_sleeping_server,
]

for case in CASES:
    result = {"case": case.__name__, "ok": True}
    try:
        case()
    except Exception:
        result.update(ok=False, error=traceback.format_exc())
    print(json.dumps(result), flush=True)

over.set()
channel.close()
