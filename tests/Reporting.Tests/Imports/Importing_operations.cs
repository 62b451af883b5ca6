using System.Text;
using Dapper;
using Delegation.Access.V1;
using Delegation.Journal.V1;
using Delegation.Reporting.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;
using State = Delegation.Reporting.V1.Operation.Types.State;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Importing_operations(ReportingHost host) : IClassFixture<ReportingHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Each_line_is_accepted_or_rejected_and_what_was_accepted_is_followed_by_both_sides()
    {
        var sides = await host.Scene.SidesAsync();

        var import = await host.Scene.ImportAsync(sides, ImportCalls.Csv(
            "R1;prestation NOEMIE;2026-04-02;;2026-04-03;traitée;oui",
            "R2;RÉCLAMATION;02/04/2026 14:30;;;;",
            "R3;nonsense;2026-04-02;;;;",
            "R1;devis;2026-04-02;;;;",
            "",
            "R4;devis;2026-05-02;;;;x"));

        Assert.Equal((5, 2, 3, 2, 0, 0), import.Counts());
        Assert.Equal(Import.Types.State.Applied, import.State);
        Assert.Equal(
            [("automated", "AUTOMATED_UNKNOWN", 1L), ("kind", "KIND_UNKNOWN", 1L), ("receive", "RECEIVE_AFTER_PERIOD", 1L), ("reference", "REFERENCE_TWICE", 1L)],
            import.Rejections.Select(one => (one.Field, one.Reason, one.Lines)));
        var operations = await host.Scene.OperationsAsync(sides);
        Assert.Equal([("R1", State.Closed, 2L), ("R2", State.Open, 3L)], operations.OrderBy(one => one.Reference, StringComparer.Ordinal).Select(one => (one.Reference, one.State, one.Line)));
        var call = operations.Single(one => one.Reference == "R2");
        Assert.Equal((Operation.Types.Kind.Complaint, "2026-04-02", new DateTime(2026, 4, 2, 12, 30, 0)), (call.Kind, call.ReceiveDay, call.ReceiveTime.ToDateTime()));
        Assert.True(operations.Single(one => one.Reference == "R1").Automated);
        Assert.Equal(import, await host.Scene.Imports(sides.Reader).GetImportAsync(new GetImportRequest { DelegationId = import.DelegationId, ImportId = import.Id }, deadline: ImportCalls.Deadline));
    }

    [PostgresFact]
    public async Task Rejected_lines_come_back_as_a_file_with_the_reasons_in_the_readers_language_and_can_be_sent_again()
    {
        var sides = await host.Scene.SidesAsync();
        var imports = host.Scene.Imports(sides.Importer);
        var import = await host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-02;;;;", "\"R;2\";\"de \"\"vis\";;;;;"));

        var english = await imports.RejectsAsync(import);
        var lines = english.Split("\r\n");
        Assert.Equal("\ufeffline;fields;reasons;explanation;corrected;reference;kind;receive;complete;close;outcome;automated", lines[0]);
        Assert.StartsWith("3;kind | receive;KIND_UNKNOWN | RECEIVE_REQUIRED;", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(";no;\"R;2\";\"de \"\"vis\";;;;;", lines[1], StringComparison.Ordinal);
        Assert.NotEqual(english, await imports.RejectsAsync(import, "fr"));

        var corrected = Encoding.UTF8.GetBytes(english.Replace("\"de \"\"vis\";", "devis;2026-04-05", StringComparison.Ordinal));
        var again = await host.Scene.ImportAsync(sides, corrected);
        Assert.Equal((1, 1, 0, 1, 0, 0), again.Counts());
        Assert.Equal(["line", "fields", "reasons", "explanation", "corrected"], again.UnknownColumns);
        Assert.Equal(2, (await host.Scene.OperationsAsync(sides)).Count);

        // They are the delegate's own.
        var refusal = await Assert.ThrowsAsync<RpcException>(() => host.Scene.Imports(sides.Reader).RejectsAsync(import));
        Assert.Equal("SIDE_REQUIRED", refusal.Reason());
    }

    [PostgresFact]
    public async Task Rejected_lines_wait_for_the_delegate_until_later_imports_tell_them_again_or_replace_the_period()
    {
        var sides = await host.Scene.SidesAsync();
        var import = await host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;x;2026-04-02;;;;", "R2;x;2026-04-02;;;;", ";devis;2026-04-02;;;;"));
        Assert.Equal(3, import.OpenRejectedLines);
        var opened = Assert.Single(await WorkAsync(import))!;
        Assert.Equal(("import.correct", Side.Delegate, "Correct 3 rejected lines of operations.csv", "Corriger 3 lignes rejetées de operations.csv"), (opened.Kind, opened.Side, opened.TitleEn, opened.TitleFr));

        await host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-02;;;;", "R2;devis;2026-04-02;;;;"));
        Assert.Equal(1, (await GetAsync(sides, import)).OpenRejectedLines);
        Assert.Equal("Correct 1 rejected lines of operations.csv", (await WorkAsync(import))[^1]!.TitleEn);

        await host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-02;;;;"), Mode.Replace);
        Assert.Equal(0, (await GetAsync(sides, import)).OpenRejectedLines);
        Assert.Null((await WorkAsync(import))[^1]);
    }

    [PostgresFact]
    public async Task The_same_file_twice_is_one_import_and_changes_nothing()
    {
        var sides = await host.Scene.SidesAsync();
        var file = ImportCalls.Csv("R1;devis;2026-04-02;;;;", "R2;devis;bad;;;;");
        var first = await host.Scene.ImportAsync(sides, file);
        var before = await RowsAsync();

        Assert.Equal(first, await host.Scene.ImportAsync(sides, file));
        Assert.Equal(before, await RowsAsync());

        // In another period it is told for another time; what it tells is the same.
        var announced = ImportCalls.Announce(sides.Delegation, file);
        announced.PeriodEndDay = "2026-05-31";
        var imports = host.Scene.Imports(sides.Importer);
        var other = await imports.SendAsync(ImportCalls.Upload(await imports.CreateImportAsync(announced, deadline: ImportCalls.Deadline), file));
        Assert.Equal((2, 1, 1, 0, 0, 1), other.Counts());
        Assert.Equal(1, (await host.Scene.OperationsAsync(sides)).Single().Version);
    }

    [PostgresFact]
    public async Task A_file_that_was_applied_is_answered_when_it_has_been_sent_again_and_not_while_it_is()
    {
        var sides = await host.Scene.SidesAsync();
        var file = ImportCalls.Csv("R1;devis;2026-04-02;;;;");
        var first = await host.Scene.ImportAsync(sides, file);

        using var again = host.Scene.Imports(sides.Importer).UploadImportFile(deadline: ImportCalls.Deadline);
        var upload = ImportCalls.Upload(first, file);
        await again.RequestStream.WriteAsync(new UploadImportFileRequest(upload) { File = new HttpBody { ContentType = upload.File.ContentType } });
        Assert.NotSame(again.ResponseAsync, await Task.WhenAny(again.ResponseAsync, Task.Delay(500)));
        await again.RequestStream.WriteAsync(ImportCalls.Part(file));
        await again.RequestStream.CompleteAsync();

        Assert.Equal(first, await again.ResponseAsync);
    }

    [PostgresFact]
    public async Task A_correction_is_a_new_version_and_what_was_known_before_stays_readable()
    {
        var sides = await host.Scene.SidesAsync();
        var first = await host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-02;;;;", "R2;devis;2026-04-02;;;;"));
        var second = await host.Scene.ImportAsync(sides, ImportCalls.Csv("R1;devis;2026-04-02;;2026-04-09;refusée;", "R2;devis;2026-04-02;;;;"));

        Assert.Equal((2, 2, 0, 0, 1, 1), second.Counts());
        Assert.Equal([("R1", 2), ("R2", 1)], (await host.Scene.OperationsAsync(sides)).Select(one => (one.Reference, one.Version)).Order());
        Assert.Equal([("R1", 1), ("R2", 1)], (await host.Scene.OperationsAsync(sides, new() { AsOf = first.ApplyTime })).Select(one => (one.Reference, one.Version)).Order());
        Assert.Equal([("R1", 2), ("R2", 1)], (await host.Scene.OperationsAsync(sides, new() { AsOf = second.ApplyTime })).Select(one => (one.Reference, one.Version)).Order());
        Assert.Empty(await host.Scene.OperationsAsync(sides, new() { AsOf = Timestamp.FromDateTime(first.ApplyTime.ToDateTime().AddSeconds(-1)) }));

        var operations = new V1.Operations.OperationsClient(host.Scene.As(sides.Reader));
        var versions = await operations.ListOperationVersionsAsync(
            new ListOperationVersionsRequest { DelegationId = sides.Delegation.ToString(), Reference = "R1" }, deadline: ImportCalls.Deadline);
        Assert.Equal([(2, second.Id), (1, first.Id)], versions.Versions.Select(version => (version.Version, version.ImportId)));
        Assert.Single(versions.Versions.Select(version => version.Id).Distinct());
    }

    [PostgresFact]
    public async Task A_file_that_replaces_a_period_withdraws_what_it_leaves_out_and_opens_again_what_it_does_not_close()
    {
        var sides = await host.Scene.SidesAsync();
        await host.Scene.ImportAsync(sides, ImportCalls.Csv(
            "OLD;devis;2026-03-20;;2026-04-05;traitée;", "KEPT;devis;2026-04-02;;;;", "GONE;devis;2026-04-03;;;;", "BAD;devis;2026-04-04;;;;"));

        var replaced = await host.Scene.ImportAsync(sides, ImportCalls.Csv("KEPT;devis;2026-04-02;;2026-04-08;traitée;", "BAD;x;2026-04-04;;;;", "NEW;devis;2026-04-10;;;;"), Mode.Replace);

        Assert.Equal((3, 2, 1, 1, 1, 0), replaced.Counts());
        Assert.Equal((1, 1), (replaced.WithdrawnOperations, replaced.ReopenedOperations));
        Assert.Equal(
            [("BAD", State.Open), ("KEPT", State.Closed), ("NEW", State.Open), ("OLD", State.Open)],
            (await host.Scene.OperationsAsync(sides)).Select(one => (one.Reference, one.State)).OrderBy(one => one.Reference, StringComparer.Ordinal));
        Assert.Equal(["GONE"], (await host.Scene.OperationsAsync(sides, new() { State = State.Withdrawn })).Select(one => one.Reference));

        var back = await host.Scene.ImportAsync(sides, ImportCalls.Csv("GONE;devis;2026-04-03;;;;"));
        Assert.Equal((1, 1, 0, 0, 1, 0), back.Counts());
        Assert.Equal(3, (await host.Scene.OperationsAsync(sides)).Single(one => one.Reference == "GONE").Version);
    }

    [PostgresTheory]
    [InlineData("utf-8", ';', "\r\n")]
    [InlineData("utf-8-with-mark", ',', "\n")]
    [InlineData("windows-1252", ';', "\r\n")]
    [InlineData("windows-1252", ',', "\r")]
    public async Task Files_come_in_the_encodings_and_with_the_separators_of_the_tools_of_the_trade(string encoding, char separator, string lineEnd)
    {
        var sides = await host.Scene.SidesAsync();
        var text = string.Join(lineEnd, "référence;nature;réception;libellé", "É1;réclamation;02/04/2026;\"Reçu\r\npar courrier; à \"\"traiter\"\"\"", "É2;courrier;2026-04-02T09:00;été").Replace(';', separator);
        byte[] file = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-with-mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            _ => Encoding.Latin1.GetBytes(text),
        };

        var import = await host.Scene.ImportAsync(sides, ImportCalls.Gzip(file), name: "avril.csv.gz");

        Assert.Equal((2, 2, 0, 2, 0, 0), import.Counts());
        Assert.Equal(["libellé"], import.UnknownColumns);
        Assert.Equal(["É1", "É2"], (await host.Scene.OperationsAsync(sides)).Select(one => one.Reference).Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task The_number_of_statements_does_not_grow_with_the_lines()
    {
        var sides = await host.Scene.SidesAsync();
        var few = await StatementsAsync(sides, 3);
        var many = await StatementsAsync(sides, 3000);

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 30);
    }

    private async Task<int> StatementsAsync(Sides sides, int lines)
    {
        var file = ImportCalls.Csv([.. Enumerable.Range(0, lines).Select(i => $"S{lines}-{i:0000};{(i % 3 == 0 ? "x" : "devis")};2026-04-02;;;;")]);
        var imports = host.Scene.Imports(sides.Importer);
        var import = await imports.CreateImportAsync(ImportCalls.Announce(sides.Delegation, file), deadline: ImportCalls.Deadline);
        using var statements = new StatementRecorder();
        await imports.SendAsync(ImportCalls.Upload(import, file));
        return statements.Of(host.Database.Name).Count(sql => sql.Contains("import", StringComparison.Ordinal) || sql.Contains("incoming", StringComparison.Ordinal) || sql.Contains("operation", StringComparison.Ordinal));
    }

    private async Task<Import> GetAsync(Sides sides, Import import) =>
        await host.Scene.Imports(sides.Reader).GetImportAsync(new GetImportRequest { DelegationId = import.DelegationId, ImportId = import.Id }, deadline: ImportCalls.Deadline);

    // What was opened, and null for what was closed, of the work item of an import.
    private async Task<IReadOnlyList<WorkItem?>> WorkAsync(Import import)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        var entries = await administrator.QueryAsync<(string Type, byte[] Payload)>("SELECT event_type, payload FROM journal WHERE object_type = 'work_item' ORDER BY occur_time, revision");
        var all = entries.Select(entry => entry.Type == WorkItemOpened.Descriptor.FullName ? WorkItemOpened.Parser.ParseFrom(entry.Payload).WorkItem : null).ToArray();
        var id = all.First(item => item?.Object.Id == import.Id)!.Id;
        return [.. entries.Zip(all).Where(pair => pair.Second?.Id == id || (pair.Second is null && WorkItemClosed.Parser.ParseFrom(pair.First.Payload).WorkItemId == id)).Select(pair => pair.Second)];
    }

    private async Task<string> RowsAsync()
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return string.Join(',', await administrator.QueryAsync<long>(
            "SELECT count(*) FROM import UNION ALL SELECT count(*) FROM operation UNION ALL SELECT count(*) FROM rejected_line UNION ALL SELECT count(*) FROM journal"));
    }
}
