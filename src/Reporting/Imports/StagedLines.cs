using Delegation.Persistence.Tenancy;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Npgsql;
using NpgsqlTypes;

namespace Delegation.Reporting.Imports;

/// <summary>What was read of a file, beside its lines.</summary>
internal sealed record Staged(long ReadLines, IReadOnlyList<string> UnknownColumns);

/// <summary>
/// Reads a file into a temporary table of the transaction: a table with row-level security takes no COPY. What the transaction does not
/// complete is gone with it.
/// </summary>
internal static class StagedLines
{
    private const string Table =
        """
        CREATE TEMPORARY TABLE incoming (
            line bigint NOT NULL, operation_id uuid, reference text COLLATE "C", kind text, receive_day date, receive_time timestamptz, complete_day date,
            close_day date, close_time timestamptz, outcome text, automated boolean, fields text[], reasons text[], cells text[] NOT NULL) ON COMMIT DROP
        """;

    private const string Copy =
        """
        COPY incoming (line, operation_id, reference, kind, receive_day, receive_time, complete_day, close_day, close_time, outcome, automated, fields, reasons, cells)
        FROM STDIN (FORMAT BINARY)
        """;

    /// <summary>Reads all lines.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the file as a whole cannot be taken.</exception>
    public static async Task<Staged> StageAsync(
        this TenantSession session, IncomingFile file, ImportRow import, ImportMapping? mapping, UploadProgress progress, CancellationToken cancellationToken)
    {
        await using var records = file.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var plan = ReadHeader(await records.MoveNextAsync() ? records.Current : null, mapping);
        var reader = new OperationLineReader(plan, import.Period);
        var watch = new ColumnWatch(plan.Headers.Count);

        await session.ExecuteAsync(Table, cancellationToken: cancellationToken);
        await using (var copy = await session.CopyAsync(Copy, cancellationToken))
        {
            while (await records.MoveNextAsync())
            {
                if (records.Current.IsBlank)
                    continue;

                watch.Look(records.Current.Cells);
                await copy.WriteLineAsync(reader.Read(records.Current), cancellationToken);
                progress.ReadLines++;
            }

            RefusePersonal(plan, watch);
            if (progress.ReadLines == 0)
                new List<FieldViolation> { FileFault.LinesMissing }.RefuseIfAny();
            await copy.CompleteAsync(cancellationToken);
        }

        // Whatever the planner knows of the operations of this delegation, it finds lines by their reference and never goes through them all.
        await session.ExecuteAsync("CREATE INDEX ON incoming (reference)", cancellationToken: cancellationToken);
        await session.ExecuteAsync("ANALYZE incoming", cancellationToken: cancellationToken);
        return new Staged(progress.ReadLines, plan.Unknown);
    }

    private static ColumnPlan ReadHeader(CsvRecord? header, ImportMapping? mapping)
    {
        var violations = new List<FieldViolation>();
        var plan = ColumnPlan.Read(header, OperationFields.All, mapping, violations);
        violations.RefuseIfAny();
        return plan!;
    }

    private static void RefusePersonal(ColumnPlan plan, ColumnWatch watch)
    {
        var violations = new List<FieldViolation>();
        for (var column = 0; column < plan.Headers.Count; column++)
            if (watch.Found(column) is { } kind)
                violations.Add(FileFault.ColumnPersonal(plan.Headers[column], kind));
        violations.RefuseIfAny();
    }

    private static async Task WriteLineAsync(this NpgsqlBinaryImporter copy, ReadLine line, CancellationToken cancellationToken)
    {
        var told = line.Told;
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(line.Line, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(told is null ? default(Guid?) : Guid.CreateVersion7(), NpgsqlDbType.Uuid);
        await WriteTextAsync(line.Reference);
        await WriteTextAsync(told?.Kind);
        await WriteAsync(told?.ReceiveDay, NpgsqlDbType.Date);
        await WriteAsync(told?.ReceiveTime, NpgsqlDbType.TimestampTz);
        await WriteAsync(told?.CompleteDay, NpgsqlDbType.Date);
        await WriteAsync(told?.CloseDay, NpgsqlDbType.Date);
        await WriteAsync(told?.CloseTime, NpgsqlDbType.TimestampTz);
        await WriteTextAsync(told?.Outcome);
        await WriteAsync(told?.Automated, NpgsqlDbType.Boolean);
        if (told is null)
        {
            await copy.WriteAsync(line.Faults.Select(fault => fault.Field).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(line.Faults.Select(fault => fault.Reason).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        }
        else
        {
            await copy.WriteNullAsync(cancellationToken);
            await copy.WriteNullAsync(cancellationToken);
        }

        await copy.WriteAsync(line.Cells, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);

        Task WriteAsync<T>(T? value, NpgsqlDbType type)
            where T : struct => value is { } known ? copy.WriteAsync(known, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);

        Task WriteTextAsync(string? text) => text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
    }
}
