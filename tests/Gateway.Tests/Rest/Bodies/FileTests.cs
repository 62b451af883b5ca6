using System.Security.Cryptography;
using System.Text;
using Delegation.Gateway.Tests.Hosts;
using Delegation.ServiceDefaults.Errors;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Gateway.Tests.Rest.Bodies;

public sealed class FileTests : RestScenario
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData((256 * 1024) + 1)]
    [InlineData(5_000_000)]
    public async Task A_file_arrives_as_it_was_sent_with_the_fields_beside_it(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Gateway.HttpAddress, "/v1/files/r%C3%A9sum%C3%A9.pdf"))
        {
            Content = RestClient.Content(bytes, "application/pdf"),
        };

        var answer = await Rest.SendAsync(request, ("Idempotency-Key", "k-1"));

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(("résumé.pdf", "k-1", $"{length}", Convert.ToHexStringLower(SHA256.HashData(bytes)), "application/pdf"), (
            answer.Json.GetProperty("name").GetString(), answer.Json.GetProperty("requestId").GetString(), answer.Json.GetProperty("length").GetString(),
            answer.Json.GetProperty("sha256").GetString(), answer.Json.GetProperty("content").GetProperty("contentType").GetString()));
    }

    [Fact]
    public async Task Bytes_alone_and_bytes_in_one_message_work_too()
    {
        var alone = await Rest.SendAsync("POST", "/v1/bytes", "abc", "text/csv; charset=utf-8");
        var small = await Rest.SendAsync("PUT", "/v1/small-files/x", "abcd", "text/plain");

        Assert.Equal(("3", "text/csv; charset=utf-8"), (alone.Json.GetProperty("length").GetString(), alone.Json.GetProperty("content").GetProperty("contentType").GetString()));
        Assert.Equal(("4", "x"), (small.Json.GetProperty("length").GetString(), small.Json.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_file_in_one_message_is_small()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Gateway.HttpAddress, "/v1/small-files/x"))
        {
            Content = RestClient.Content(new byte[(4 * 1024 * 1024) + 1], "application/pdf"),
        };

        Assert.Equal(413, (await Rest.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("*/*")]
    public async Task Somebody_has_to_say_what_the_bytes_are(string? contentType)
    {
        var answer = await Rest.SendAsync("PUT", "/v1/files/x", "abc", contentType);

        Assert.Equal((415, "MEDIA_TYPE_MISSING"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task A_service_can_refuse_a_file_before_it_has_read_it()
    {
        Probe.OnSend = (_, _) => throw RpcErrors.InvalidArgument("INVALID_FIELDS", new("No.", "Non."), new FieldViolation("name", "NAME_TAKEN", new("Taken.", "Pris.")));
        // Whether the rest of a body is still being read when the answer comes is a matter of chance.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Gateway.HttpAddress, "/v1/files/x"))
            {
                Content = RestClient.Content(new byte[20_000_000], "application/pdf"),
            };

            // Whether the answer comes through while the caller is still sending is for its HTTP client; a small file always shows it.
            var small = await Rest.SendAsync("PUT", "/v1/files/x", "abc", "text/plain");
            try
            {
                Assert.Equal(400, (await Rest.SendAsync(request).Within(20)).Status);
            }
            catch (HttpRequestException)
            {
                // The connection was closed on the rest of the body.
            }

            Assert.Equal((400, "name - NAME_TAKEN"), (small.Status, Assert.Single(small.Errors)));
        }
    }

    [Fact]
    public async Task A_caller_who_leaves_in_the_middle_ends_the_call()
    {
        var stopped = new TaskCompletionSource();
        Probe.OnSend = async (requests, context) =>
        {
            context.CancellationToken.Register(stopped.SetResult);
            await foreach (var _ in requests.ReadAllAsync(CancellationToken.None))
            {
                // Until it breaks.
            }

            return new();
        };
        using var leave = new CancellationTokenSource();
        using var client = new HttpClient();
        using var content = new StreamContent(new EndlessStream(leave));
        content.Headers.ContentType = new("application/pdf");

        await Assert.ThrowsAnyAsync<Exception>(() => client.PutAsync(new Uri(Gateway.HttpAddress, "/v1/files/x"), content, leave.Token).Within(20));

        await stopped.Task.Within(10);
    }

    [Fact]
    public async Task A_download_is_the_bytes_with_their_type_and_name()
    {
        Probe.OnFetch = async (request, answers, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "content-disposition", "attachment; filename=\"a.txt\"" }, { "x-other", "x" } });
            await answers.WriteAsync(new HttpBody { ContentType = "text/plain; charset=utf-8", Data = ByteString.CopyFromUtf8("one ") });
            await answers.WriteAsync(new HttpBody { Data = ByteString.CopyFromUtf8($"two {request.Name}") });
        };

        var answer = await Rest.GetAsync("/v1/files/x");

        Assert.Equal(("one two x", "text/plain; charset=utf-8", "attachment; filename=\"a.txt\"", "nosniff"), (
            answer.Text, answer.Header("Content-Type"), answer.Header("Content-Disposition"), answer.Header("X-Content-Type-Options")));
        Assert.Null(answer.Header("x-other"));
        Assert.Equal(("x", "text/plain"), ((await Rest.GetAsync("/v1/small-files/x")).Text, (await Rest.GetAsync("/v1/small-files/x")).Header("Content-Type")));
    }

    [Fact]
    public async Task An_empty_file_is_empty_and_one_that_is_not_there_is_a_problem()
    {
        Probe.OnFetch = (request, answers, _) => request.Name == "none"
            ? throw RpcErrors.NotFound("FILE_NOT_FOUND", new("No file.", "Pas de fichier."))
            : answers.WriteAsync(new HttpBody { ContentType = "application/pdf" });

        var empty = await Rest.GetAsync("/v1/files/empty");

        Assert.Equal((200, 0, "application/pdf"), (empty.Status, empty.Bytes.Length, empty.Header("Content-Type")));
        Assert.Equal("FILE_NOT_FOUND", (await Rest.GetAsync("/v1/files/none")).Reason);
    }

    [Fact]
    public async Task Half_a_file_does_not_look_like_a_whole_one()
    {
        Probe.OnFetch = async (_, answers, _) =>
        {
            await answers.WriteAsync(new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(new string('x', 100_000))) });
            throw RpcErrors.Aborted("GONE", new("Gone.", "Parti."));
        };

        await Assert.ThrowsAnyAsync<Exception>(() => Rest.GetAsync("/v1/files/x").Within(10));
    }

    /// <summary>Bytes without end, until the one who reads them has enough.</summary>
    private sealed class EndlessStream(CancellationTokenSource leave) : MemoryStream(new byte[1])
    {
        private long _given;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if ((_given += buffer.Length) > 2_000_000)
            {
                await leave.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return buffer.Length;
        }
    }
}
