using System.Text;
using Delegation.Reporting.Imports;
using Delegation.Reporting.Imports.Kinds;
using Delegation.ServiceDefaults.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Delegation.Reporting.Tests.Imports;

public sealed class Reading_lines
{
    private static readonly Period April = new(new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 30));

    [Theory]
    [InlineData("R1;devis;2026-04-02;;;;", "")]
    [InlineData("R1;QUOTE;02/04/2026 09:00;20260402;2026-04-30T23:59:59+02:00;processed;non", "")]
    [InlineData("R1;devis;2026-03-02;;;;", "")]
    [InlineData(";devis;2026-04-02;;;;", "REFERENCE_REQUIRED")]
    [InlineData("255081416802538;devis;2026-04-02;;;;", "REFERENCE_PERSONAL")]
    [InlineData("R\u202E1;devis;2026-04-02;;;;", "REFERENCE_INVISIBLE_CHARACTER")]
    [InlineData("R\0001;devis;2026-04-02;;;;", "REFERENCE_INVISIBLE_CHARACTER")]
    [InlineData("R1;;2026-04-02;;;;", "KIND_REQUIRED")]
    [InlineData("R1;zzz;31/02/2026;;;;", "KIND_UNKNOWN,RECEIVE_MALFORMED")]
    [InlineData("R1;devis;;;;;", "RECEIVE_REQUIRED")]
    [InlineData("R1;devis;0026-04-02;;;;", "RECEIVE_MALFORMED")]
    [InlineData("R1;devis;2026-05-01;;;;", "RECEIVE_AFTER_PERIOD")]
    [InlineData("R1;devis;2026-04-02;2026-04-01;;;", "COMPLETE_BEFORE_RECEIVE")]
    [InlineData("R1;devis;2026-04-02;2026-04-05;2026-04-03;traité;", "COMPLETE_AFTER_CLOSE")]
    [InlineData("R1;devis;2026-04-02;2026-05-05;;;", "COMPLETE_AFTER_PERIOD")]
    [InlineData("R1;devis;2026-04-02;x;y;z;t", "COMPLETE_MALFORMED,CLOSE_MALFORMED,OUTCOME_UNKNOWN,AUTOMATED_UNKNOWN")]
    [InlineData("R1;devis;2026-04-02;;2026-04-01;traité;", "CLOSE_BEFORE_RECEIVE")]
    [InlineData("R1;devis;2026-03-02;;2026-03-31;traité;", "CLOSE_BEFORE_PERIOD")]
    [InlineData("R1;devis;2026-04-02;;2026-05-01;traité;", "CLOSE_AFTER_PERIOD")]
    [InlineData("R1;devis;2026-04-02;;2026-04-03;;", "OUTCOME_REQUIRED")]
    [InlineData("R1;devis;2026-04-02;;;traité;", "OUTCOME_WITHOUT_CLOSE")]
    [InlineData("R1;devis;2026-04-02", "CELLS_MISSING")]
    [InlineData("R1;devis;2026-04-02;;;;;", "CELLS_TOO_MANY")]
    public void A_line_is_accepted_or_rejected_with_all_its_reasons(string line, string reasons)
    {
        var read = Read(line);

        Assert.Equal(reasons, string.Join(',', read.Faults.Select(fault => fault.Reason)));
        Assert.Equal(reasons.Length == 0, read.IsAccepted);
        Assert.All(read.Faults, fault => Assert.NotEqual(LineReasons.Text(fault.Reason, "en"), LineReasons.Text(fault.Reason, "fr")));
    }

    [Fact]
    public void Every_reason_has_a_text_in_both_languages() =>
        Assert.All(LineReasons.All, reason => Assert.True(LineReasons.Text(reason, "en") != reason && LineReasons.Text(reason, "en") != LineReasons.Text(reason, "fr")));

    [Fact]
    public void Of_a_rejected_line_nothing_of_people_is_kept()
    {
        var read = Read("255081416802538;Mme Petit;0612345678;quelqu.un@exemple.fr;;FR7630006000011234567890189;");

        Assert.Null(read.Reference);
        Assert.Equal(["***", "***", "***", "***", "", "***", ""], read.Cells!);
    }

    [Fact]
    public void Whatever_comes_each_line_is_either_accepted_or_rejected_and_an_accepted_one_keeps_the_order_of_its_days() =>
        Prop.ForAll(Cells().ArrayOf(7).ToArbitrary(), cells =>
        {
            var read = Read(string.Join(';', cells));
            var (received, complete, closed) = (read.Number(2), read.Number(3), read.Number(4));
            return !read.IsAccepted || (received <= (complete ?? received) && (complete ?? received) <= (closed ?? April.End.DayNumber)
                && (closed ?? April.End.DayNumber) >= April.Start.DayNumber && (closed is null) == (read.Code(5) is null));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "HEADER_MISSING")]
    [InlineData("reference;kind", "COLUMN_MISSING")]
    [InlineData("reference;kind;receive;kind", "HEADER_TWICE")]
    [InlineData("reference;kind;receive;Nom", "COLUMN_PERSONAL")]
    public void A_header_that_does_not_fit_is_refused_by_the_name_of_the_column(string header, string reason)
    {
        var violations = new List<FieldViolation>();

        Assert.Null(ColumnPlan.Read(header.Length == 0 ? null : header.Split(';'), OperationKind.Kind.Fields, null, violations));

        Assert.Equal([reason], violations.Select(violation => violation.Reason));
    }

    [Fact]
    public void A_mapping_says_what_headers_and_codes_mean_and_a_file_that_drifted_from_it_is_told_by_the_column()
    {
        var violations = new List<FieldViolation>();
        var plan = ColumnPlan.Read("Flux;n° DOSSIER;Arrivee;Sortie;Statut;Agence".Split(';'), OperationKind.Kind.Fields, MappingCalls.Weekly(), violations)!;
        var read = Read("noe;R1;2026-04-02;2026-04-03;ok;Lyon", OperationKind.Kind, plan);

        Assert.Equal(("R1", "claim_noemie", "processed"), (read.Code(0), read.Code(1), read.Code(5)));
        Assert.Equal(["Agence"], plan.Unknown);

        Assert.Null(ColumnPlan.Read("Flux;N° dossier;Date d'arrivée;Sortie;Statut".Split(';'), OperationKind.Kind.Fields, MappingCalls.Weekly(), violations));
        Assert.Contains("\"Arrivée\"", Assert.Single(violations).Description.English, StringComparison.Ordinal);
    }

    private static ReadLine Read(string line) => Read(line, OperationKind.Kind, ColumnPlan.Read(ImportCalls.Header.Split(';'), OperationKind.Kind.Fields, null, [])!);

    private static ReadLine Read(string line, ImportKind kind, ColumnPlan plan)
    {
        var records = new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(line)), ';');
        Assert.True(records.ReadAsync(default).AsTask().GetAwaiter().GetResult());
        return new LineReader(kind, plan, April).Read(records);
    }

    private static Gen<string> Cells() => Gen.OneOf(
        Gen.Elements("", "R1", "devis", "traité", "oui", "x"),
        Gen.Choose(-40, 40).Select(days => April.Start.AddDays(days).ToString("yyyy-MM-dd", null)),
        ArbMap.Default.GeneratorFor<string>().Select(text => new string([.. (text ?? "").Where(character => character is not (';' or '"' or '\n' or '\r') && !char.IsSurrogate(character))])));
}
