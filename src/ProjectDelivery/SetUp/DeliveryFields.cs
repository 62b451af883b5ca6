using System.Text.RegularExpressions;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using State = Delegation.Delivery.V1.TestDelivery.Types.State;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>What the delegate says of a test delivery.</summary>
internal sealed partial record DeliveryFields(
    DateOnly PeriodFirstDay, DateOnly PeriodLastDay, string FileName, string FileSha256, IReadOnlyDictionary<string, CountedLine> Count)
{
    private const int LabelLength = 200;
    private const int MostLines = 200;

    /// <summary>Null with violations.</summary>
    public static DeliveryFields? Read(RecordTestDeliveryRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var first = DayField.Read("period_first_day", request.PeriodFirstDay, violations);
        var last = DayField.Read("period_last_day", request.PeriodLastDay, violations);
        if (last < first)
            violations.Add(new(
                "period_last_day", "PERIOD_LAST_DAY_BEFORE_FIRST", new("The period ends before it begins.", "La période se termine avant de commencer."),
                new("Give the first day or a later one.", "Indiquez le premier jour ou un jour ultérieur.")));

        var name = TextField.ReadLine("file_name", request.FileName, LabelLength, violations);
        if (!Sha256().IsMatch(request.FileSha256))
            violations.Add(new(
                "file_sha256", "FILE_SHA256_MALFORMED", new("This is no SHA-256.", "Ceci n'est pas une empreinte SHA-256."),
                new("Give 64 lowercase hexadecimal digits.", "Indiquez 64 chiffres hexadécimaux en minuscules.")));

        var count = ReadCount(request.Count, violations);
        return violations.Count > before ? null : new DeliveryFields(first!.Value, last!.Value, name!, request.FileSha256, count!);
    }

    /// <summary>What a side counts, by label; null with violations.</summary>
    public static IReadOnlyDictionary<string, CountedLine>? ReadCount(DeliveryCount? count, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        if (count is null)
        {
            violations.Add(new(
                "count", "COUNT_REQUIRED", new("What you count is missing.", "Votre comptage n'est pas renseigné."),
                new("Give the number of rows and the totals by line.", "Indiquez le nombre de lignes du fichier et les totaux par poste.")));
            return null;
        }

        CheckNotNegative("count.rows", "ROWS_NEGATIVE", count.Rows, violations);
        if (count.Lines.Count > MostLines)
            violations.Add(new(
                "count.lines", "TOO_MANY_ENTRIES", new($"There are {count.Lines.Count} lines.", $"Il y a {count.Lines.Count} postes."),
                new($"Give at most {MostLines}.", $"Indiquez-en au plus {MostLines}.")));

        var lines = new Dictionary<string, CountedLine> { [ReconciledLine.AllRows] = new(count.Rows, AmountCents: null) };
        foreach (var (line, place) in count.Lines.Take(MostLines).Select((line, place) => (line, place)))
        {
            var label = TextField.ReadLine($"count.lines[{place}].label", line.Label, LabelLength, violations);
            CheckNotNegative($"count.lines[{place}].count", "COUNT_NEGATIVE", line.Count, violations);
            if (label is not null && !lines.TryAdd(label, new CountedLine(line.Count, line.HasAmountCents ? line.AmountCents : null)))
                violations.Add(new(
                    $"count.lines[{place}].label", "LABEL_TWICE", new("There is another line with this label.", "Un autre poste porte ce libellé."),
                    new("Give each label once.", "Indiquez chaque libellé une seule fois.")));
        }

        return violations.Count > before ? null : lines;
    }

    public TestDeliveryRow NewDelivery(ProjectRow project, ReportDefinitionRow report, int number, Guid id, DateTime now) => new(
        project.OwnerId, project.DelegationId, project.DelegateId, project.Id, id, report.Id, report.Revision, number, PeriodFirstDay, PeriodLastDay, FileName,
        FileSha256, State.Delivered.Stored(), InsurerAcceptTime: null, DelegateAcceptTime: null, now, AgreeTime: null, Revision: 1);

    private static void CheckNotNegative(string field, string reason, long number, ICollection<FieldViolation> violations)
    {
        if (number < 0)
            violations.Add(new(field, reason, new("A count is not negative.", "Un décompte n'est pas négatif."), new("Give 0 or more.", "Indiquez 0 ou davantage.")));
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();
}
