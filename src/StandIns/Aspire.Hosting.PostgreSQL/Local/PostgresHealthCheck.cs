using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Local.Postgres;

/// <summary>
/// Healthy when a connection opens and answers. What stands in the way is said, with its remedy where a person has to act.
/// </summary>
/// <param name="connectionString">The server's or database's own connection string.</param>
/// <param name="wrongPassword">What to say when the server refuses the password.</param>
internal sealed class PostgresHealthCheck(
    Func<CancellationToken, ValueTask<string?>> connectionString, Func<string> wrongPassword) : IHealthCheck
{
    // A refused password stays refused until a person does something, and each try puts two lines into the server's log.
    private static readonly TimeSpan RefusalStands = TimeSpan.FromSeconds(10);
    private Refusal? _refusal;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_refusal is { } refusal && Stopwatch.GetElapsedTime(refusal.Since) < RefusalStands)
        {
            return refusal.Result;
        }

        try
        {
            await using var connection = new NpgsqlConnection(await OneConnectionAsync(cancellationToken));
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            var result = Failed(wrongPassword(), refused);
            _refusal = new Refusal(result, Stopwatch.GetTimestamp());
            return result;
        }
        catch (PostgresException refused)
        {
            return Failed($"{refused.SqlState}: {refused.MessageText}", refused);
        }
        catch (NpgsqlException silent) when (silent.InnerException is SocketException)
        {
            return Failed("It accepts no connections.", silent);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Failed(failure.Message, failure);
        }

        HealthCheckResult Failed(string description, Exception exception) =>
            new(context.Registration.FailureStatus, description, exception);
    }

    // Not pooled: a check is rare, and an idle connection would outlive the server it was made to. Not encrypted: loopback.
    private async Task<string> OneConnectionAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(await connectionString(cancellationToken))
        {
            Pooling = false, Timeout = 5, CommandTimeout = 5, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
        };
        settings.Database ??= "postgres"; // the client would otherwise take the name of the user
        return settings.ConnectionString;
    }

    private sealed record Refusal(HealthCheckResult Result, long Since);
}
