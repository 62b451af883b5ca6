namespace Delegation.Interop.Tests.Clients;

/// <summary>The names of the cases, and the numbers in them, as the public description gives them.</summary>
/// <seealso href="https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md"/>
internal static class InteropCases
{
    public const string CancelAfterFirstResponse = "cancel_after_first_response";
    public const string ServerCompressedUnary = "server_compressed_unary";

    public const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP \U0001F608\t\n";

    public const int LargeRequest = 271_828;
    public const int LargeResponse = 314_159;

    public static readonly int[] RequestSizes = [27_182, 8, 1_828, 45_904];
    public static readonly int[] ResponseSizes = [31_415, 9, 2_653, 58_979];

    public static readonly string[] Names =
    [
        "empty_unary", "large_unary", "client_compressed_unary", ServerCompressedUnary, "client_streaming", "server_streaming", "ping_pong",
        "empty_stream", "custom_metadata", "status_code_and_message", "special_status_message", "unimplemented_method",
        "unimplemented_service", "cancel_after_begin", CancelAfterFirstResponse, "timeout_on_sleeping_server",
    ];
}
