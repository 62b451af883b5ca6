using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Local.Redis;

/// <summary>Healthy when the server lets us in and answers a PING.</summary>
internal sealed class RedisHealthCheck(RedisResource resource) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(Limit);
        try
        {
            return await FirstRefusalAsync(timer.Token) is { } refusal ? Failed(refusal) : HealthCheckResult.Healthy();
        }
        catch (SocketException)
        {
            return Failed("It accepts no connections.");
        }
        catch (IOException failure)
        {
            return Failed(failure.Message, failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"It did not answer within {Limit.TotalSeconds} seconds.");
        }

        HealthCheckResult Failed(string description, Exception? exception = null) =>
            new(context.Registration.FailureStatus, description, exception);
    }

    private async Task<string?> FirstRefusalAsync(CancellationToken cancellationToken)
    {
        var host = await resource.Host.GetValueAsync(cancellationToken);
        var port = int.Parse((await resource.Port.GetValueAsync(cancellationToken))!, CultureInfo.InvariantCulture);
        using var client = new TcpClient();
        await client.ConnectAsync(host!, port, cancellationToken);
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.UTF8);

        if (resource.PasswordParameter is { } password
            && await AskAsync("AUTH", (await password.GetValueAsync(cancellationToken))!) is { } refusal)
        {
            return refusal;
        }

        return await AskAsync("PING");

        // https://redis.io/docs/latest/develop/reference/protocol-spec/: a command is an array of strings with their lengths in
        // bytes; "+OK" and "+PONG" are consent, "-ERR …" is a refusal.
        async Task<string?> AskAsync(params string[] words)
        {
            var command = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
            foreach (var word in words)
            {
                command.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(command.ToString()), cancellationToken);
            var answer = await answers.ReadLineAsync(cancellationToken) ?? throw new IOException("It closed the connection.");
            return answer.StartsWith('+') ? null : answer;
        }
    }
}
