using Delegation.Persistence.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Delegation.Persistence.Commands;

/// <summary>The first answer to a request.</summary>
internal sealed record KeptAnswer(byte[] Fingerprint, byte[] Answer);

/// <summary>The answers kept for a caller's retries.</summary>
internal static class KeptAnswers
{
    /// <summary>The answer, after waiting for whoever is at work on the same request; from here on others wait for this session.</summary>
    public static Task<KeptAnswer?> FindAnswerAsync(this TenantSession session, string method, RequestKey key, CancellationToken cancellationToken) =>
        session.FindAsync<KeptAnswer>("SELECT fingerprint, answer FROM answer_to(@method, @RequestId)", new { method, key.RequestId }, cancellationToken);

    /// <summary>Keeps the answer under the caller's own name, whomever the command acted for in the end.</summary>
    public static Task KeepAnswerAsync(
        this TenantSession session, string method, RequestKey key, byte[] answer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO idempotency (owner_id, person_id, method, request_id, fingerprint, answer, create_time)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

        session.ActFor(session.Caller.OrganizationId);
        return session.LaterAsync(
            new NpgsqlBatchCommand(Sql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = session.Caller.OrganizationId },
                    new NpgsqlParameter<Guid> { TypedValue = session.Caller.PersonId },
                    new NpgsqlParameter<string> { TypedValue = method },
                    new NpgsqlParameter<Guid> { TypedValue = key.RequestId },
                    new NpgsqlParameter<byte[]> { TypedValue = key.Fingerprint },
                    new NpgsqlParameter<byte[]> { TypedValue = answer },
                    new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                },
            },
            cancellationToken);
    }
}
