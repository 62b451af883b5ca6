using Delegation.Persistence.Files;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Reporting.Imports;

/// <summary>An import as it is announced.</summary>
internal sealed record Announcement(Guid DelegationId, string Kind, string Mode, Period Period, string FileName, string Sha256, Guid? MappingId)
{
    private static readonly FieldViolation KindRequired = new(
        "kind", "KIND_REQUIRED", new("What the lines are is not said.", "La nature des lignes n'est pas indiquée."), new("Choose one as BENEFITS.", "Choisissez-en une, par exemple BENEFITS."));

    private static readonly FieldViolation ModeRequired = new(
        "mode", "MODE_REQUIRED", new("What the file is to the period is not said.", "Ce que le fichier est à la période n'est pas indiqué."),
        new("Choose COMPLETE, REPLACE or CORRECT.", "Choisissez COMPLETE (complète), REPLACE (annule et remplace) ou CORRECT (corrige)."));

    private static readonly FieldViolation Ahead = new(
        "period_end_day", "PERIOD_END_DAY_AHEAD", new("The period is not over.", "La période n'est pas terminée."),
        new("Choose today or an earlier day; import the rest afterwards.", "Choisissez aujourd'hui ou un jour passé ; importez la suite plus tard."));

    public static Outcome<Announcement> Read(CreateImportRequest request, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var delegation = IdField.Read("delegation_id", request.DelegationId, violations);
        if (!StoredNames.IsKnown(request.Kind))
            violations.Add(KindRequired);
        if (!StoredNames.IsKnown(request.Mode))
            violations.Add(ModeRequired);
        var period = Reporting.Period.Read(request.PeriodStartDay, request.PeriodEndDay, violations);
        if (period?.End > ParisDays.DayAt(now))
            violations.Add(Ahead);
        var name = Persistence.Files.FileName.Read("file_name", request.FileName, type: null, violations);
        if (name is not null && !name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase))
            violations.Add(FileFault.EndingDiffers);
        var sha256 = FileHash.Read("sha256", request.Sha256, violations);
        var mapping = IdField.ReadOptional("mapping_id", request.MappingId, violations);

        return violations.Count == 0
            ? new Outcome<Announcement>.Accepted(new Announcement(delegation!.Value, request.Kind.Stored(), request.Mode.Stored(), period!, name!, sha256!, mapping))
            : new Outcome<Announcement>.Invalid(violations);
    }

    /// <summary>The import that waits for its file.</summary>
    public ImportRow ToRow(KnownDelegation delegation, int? mappingRevision, Guid personId, DateTimeOffset now, TimeSpan waitsFor) => new()
    {
        OwnerId = delegation.OwnerId,
        DelegationId = delegation.DelegationId,
        DelegateId = delegation.DelegateId,
        Id = NewId.At(now),
        Kind = Kind,
        Mode = Mode,
        State = ImportRow.Waiting,
        PeriodStartDay = Period.Start,
        PeriodEndDay = Period.End,
        FileName = FileName,
        Sha256 = Sha256,
        MappingId = MappingId,
        MappingRevision = mappingRevision,
        PersonId = personId,
        CreateTime = now.InMicroseconds(),
        ExpireTime = (now + waitsFor).InMicroseconds(),
        Revision = 1,
    };
}
