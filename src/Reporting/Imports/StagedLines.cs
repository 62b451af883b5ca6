using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Imports.Kinds;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Reporting.Imports;

/// <summary>What was read of a file, beside its lines.</summary>
/// <param name="ReadLines">How many, the header and empty lines apart.</param>
/// <param name="AcceptedLines">How many of them are right each for itself.</param>
/// <param name="Totals">Cents of each field of money, of all lines.</param>
/// <param name="AcceptedTotals">The same of those that are right each for itself.</param>
/// <param name="IsAscending">No reference is there twice: each is greater than the one before it, as in most files.</param>
/// <param name="Plan">What its columns are.</param>
internal sealed record Staged(long ReadLines, long AcceptedLines, IReadOnlyList<long> Totals, IReadOnlyList<long> AcceptedTotals, bool IsAscending, ColumnPlan Plan);

/// <summary>
/// Reads a file into a temporary table of the transaction: a table with row-level security takes no COPY. What the transaction does not
/// complete is gone with it.
/// </summary>
internal static class StagedLines
{
    /// <summary>Reads all lines.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the file as a whole cannot be taken.</exception>
    public static async Task<Staged> StageAsync(
        this TenantSession session, IncomingFile file, ImportKind kind, Period period, ImportMapping? mapping, CellSums? cells, UploadProgress progress, CancellationToken cancellationToken)
    {
        await using var text = file.FromStart();
        var records = new CsvReader(text, file.Separator);
        var plan = ReadHeader(await records.ReadAsync(cancellationToken) ? records.Texts() : null, kind, mapping);
        IncomingFile.RefuseBroken(records);
        var reader = new LineReader(kind, plan, period);
        var watch = new ColumnWatch(plan.Headers.Count);
        ImportField[] fields = [.. kind.Fields];

        await session.ExecuteAsync(Table(kind), cancellationToken: cancellationToken);
        if (cells is not null)
            await cells.CreateTableAsync(session, cancellationToken);
        for (var isOver = false; !isOver;)
        {
            await using (var copy = await session.CopyAsync(Copy(kind), cancellationToken))
            {
                var rows = new CopyRows(copy);
                rows.Start();
                while (cells?.IsFull != true && !(isOver = !await records.ReadAsync(cancellationToken)))
                {
                    if (records.IsBlank)
                        continue;

                    watch.Look(records);
                    var line = reader.Read(records);
                    Write(rows, kind, fields, line);
                    if (line.IsAccepted)
                        cells?.Add(line);
                    await rows.FlushAsync(cancellationToken);
                    progress.ReadLines++;
                }

                await rows.EndAsync(cancellationToken);
                await copy.CompleteAsync(cancellationToken);
            }

            if (cells is not null)
                await (isOver ? cells.SendAllAsync(session, cancellationToken) : cells.SendMostAsync(session, cancellationToken));
        }

        IncomingFile.RefuseBroken(records);
        RefusePersonal(plan, watch);
        if (progress.ReadLines == 0)
            new List<FieldViolation> { FileFault.LinesMissing }.RefuseIfAny();
        await session.ExecuteAsync("ANALYZE incoming", cancellationToken: cancellationToken);
        return new Staged(progress.ReadLines, reader.AcceptedLines, reader.Totals, reader.AcceptedTotals, reader.IsAscending, plan);
    }

    private static string Table(ImportKind kind) =>
        $"""
        CREATE TEMPORARY TABLE incoming (
            line integer NOT NULL, {string.Join(", ", kind.Columns.Select(column => $"{column.Name} {column.Type}"))}, warnings text[], fields text[], reasons text[], cells text[])
        ON COMMIT DROP;
        -- What is told of few lines is not to be looked for in all of them.
        CREATE INDEX ON incoming (line) WHERE reasons IS NOT NULL;
        CREATE INDEX ON incoming (line) WHERE warnings IS NOT NULL;
        """;

    private static string Copy(ImportKind kind) =>
        $"COPY incoming (line, {string.Join(", ", kind.Columns.Select(column => column.Name))}, warnings, fields, reasons, cells) FROM STDIN (FORMAT BINARY)";

    private static ColumnPlan ReadHeader(string[]? header, ImportKind kind, ImportMapping? mapping)
    {
        var violations = new List<FieldViolation>();
        var plan = ColumnPlan.Read(header, kind.Fields, mapping, violations);
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

    private static void Write(CopyRows rows, ImportKind kind, ImportField[] fields, ReadLine line)
    {
        rows.StartRow(kind.Columns.Count + 5);
        rows.Integer(checked((int)line.Line));
        if (line.Reference is { } reference)
            rows.Text(reference.Span);
        else
            rows.Null();
        if (kind.HasIds)
            rows.Id(Guid.CreateVersion7());
        for (var place = kind.Reference + 1; place < fields.Length; place++)
            WriteField(rows, fields[place], line, place);

        rows.Texts(line.Warnings.Count == 0 ? null : line.Warnings);
        rows.Texts(line.IsAccepted ? null : line.Faults.ConvertAll(fault => fault.Field));
        rows.Texts(line.IsAccepted ? null : line.Faults.ConvertAll(fault => fault.Reason));
        rows.Texts(line.Cells);
    }

    // Of rejected lines too, as far as they can be read: their amounts count in the totals.
    private static void WriteField(CopyRows rows, ImportField field, ReadLine line, int place)
    {
        ref var value = ref line[place];
        if (field.Type is FieldType.Text or FieldType.Code)
        {
            if (value.Text is { } text)
                rows.Text(text.Span);
            else
                rows.Null();
            return;
        }

        if (!value.HasNumber)
            rows.Null();
        else if (field.Type == FieldType.YesNo)
            rows.Boolean(value.Number != 0);
        else if (field.Type == FieldType.Number)
            rows.Double(value.Decimal);
        else if (field.Type == FieldType.Money || field.IsLarge)
            rows.Bigint(value.Number);
        else if (field.Type == FieldType.Count)
            rows.Integer((int)value.Number);
        else
            rows.Day(value.Number);

        if (field.Type == FieldType.DayAndTime && value.Ticks is { } ticks)
            rows.Time(ticks);
        else if (field.Type == FieldType.DayAndTime)
            rows.Null();
    }
}
