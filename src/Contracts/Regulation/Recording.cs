using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Regulation;

/// <summary>Reads evidence to record: it is dated, of one kind, and names requirements that take evidence of this kind.</summary>
internal static class Recording
{
    private const int MaximumRequirements = 50;
    private const int TitleLength = 200;
    private const int ReferenceLength = 500;

    private static readonly LocalizedText ChooseFromList = new("Choose one from the list of kinds.", "Choisissez-en un dans la liste des types de pièce.");

    private static readonly FieldViolation StartInFuture = new(
        "start_day",
        "START_DAY_IN_FUTURE",
        new("Evidence is recorded once it exists.", "Une pièce est enregistrée lorsqu'elle existe."),
        new("Give a day that is not after today.", "Indiquez un jour qui n'est pas postérieur à aujourd'hui."));

    private static readonly FieldViolation EndBeforeStart = new(
        "end_day",
        "END_BEFORE_START",
        new("The last day comes before the first.", "Le dernier jour précède le premier."),
        new("Give a last day on or after the first.", "Indiquez un dernier jour égal ou postérieur au premier."));

    /// <summary>The evidence, meaningful when nothing was added to the violations.</summary>
    public static EvidenceRow Read(RecordEvidenceRequest request, Guid id, Guid personId, DateTime now, DateOnly today, ICollection<FieldViolation> violations)
    {
        if (request.Kind == EvidenceKind.Unspecified)
            violations.Add(new("kind", "KIND_REQUIRED", new("The kind of evidence is missing.", "Le type de pièce n'est pas renseigné."), ChooseFromList));
        else if (!Enum.IsDefined(request.Kind))
            violations.Add(new("kind", "KIND_UNKNOWN", new("This kind of evidence is not known.", "Ce type de pièce n'est pas connu."), ChooseFromList));

        ReadRequirements(request, violations);
        var start = DayField.Read("start_day", request.StartDay, violations);
        var end = DayField.ReadOptional("end_day", request.EndDay, violations);
        if (start > today)
            violations.Add(StartInFuture);
        if (end < start)
            violations.Add(EndBeforeStart);

        return new EvidenceRow
        {
            Id = id,
            Kind = request.Kind.Stored(),
            Requirements = [.. request.RequirementIds],
            Title = TextField.ReadLine("title", request.Title, TitleLength, violations) ?? "",
            Reference = TextField.ReadText("reference", request.Reference, ReferenceLength, violations) ?? "",
            StartDay = start ?? today,
            EndDay = end,
            PersonId = personId,
            CreateTime = now,
        };
    }

    private static void ReadRequirements(RecordEvidenceRequest request, ICollection<FieldViolation> violations)
    {
        if (request.RequirementIds.Count == 0)
            violations.Add(new(
                "requirement_ids", "REQUIREMENT_IDS_REQUIRED", new("No requirement is named.", "Aucune exigence n'est indiquée."),
                new("Name those that the evidence proves.", "Indiquez celles que la pièce démontre.")));

        ListLimits.Check("requirement_ids", request.RequirementIds.Count, MaximumRequirements, violations);
        var seen = new HashSet<string>();
        foreach (var (index, id) in request.RequirementIds.Index().Take(MaximumRequirements))
        {
            var field = $"requirement_ids[{index}]";
            var requirement = RequirementField.Read(field, id, violations);
            if (!seen.Add(id))
                violations.Add(new(
                    field, "REQUIREMENT_REPEATED", new($"{id} is named twice.", $"{id} est indiquée deux fois."), new("Leave one of them out.", "Supprimez l'une des deux.")));
            else if (requirement is not null && Enum.IsDefined(request.Kind) && request.Kind != EvidenceKind.Unspecified && requirement.EvidenceKind != request.Kind)
                violations.Add(new(
                    field, "EVIDENCE_NOT_ACCEPTED", new($"{id} does not take evidence of this kind.", $"{id} n'accepte pas de pièce de ce type."),
                    new("See `evidence_kind` of the requirement.", "Voyez `evidence_kind` de l'exigence.")));
        }
    }
}
