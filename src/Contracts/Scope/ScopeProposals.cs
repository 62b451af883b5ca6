using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.Collections;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Scope;

/// <summary>Decides on proposals of a scope: made, changed, withdrawn.</summary>
internal static class ScopeProposals
{
    private static readonly FieldViolation OccasionRequired = new(
        "occasion", "OCCASION_REQUIRED", new("The occasion is missing.", "L'occasion n'est pas renseignée."), ChooseAnOccasion);

    private static readonly FieldViolation OccasionUnknown = new(
        "occasion", "OCCASION_UNKNOWN", new("This occasion is not known.", "Cette occasion n'est pas connue."), ChooseAnOccasion);

    private static readonly FieldViolation TemplateUnknown = new(
        "template",
        "TEMPLATE_UNKNOWN",
        new("This template is not known.", "Ce modèle n'est pas connu."),
        new("Choose SCOPE_TEMPLATE_CODE_TOTAL, SCOPE_TEMPLATE_CODE_BENEFITS_ONLY or SCOPE_TEMPLATE_CODE_MEMBERSHIP_AND_PREMIUMS_ONLY.",
            "Choisissez SCOPE_TEMPLATE_CODE_TOTAL, SCOPE_TEMPLATE_CODE_BENEFITS_ONLY (prestations) ou SCOPE_TEMPLATE_CODE_MEMBERSHIP_AND_PREMIUMS_ONLY (adhésions et cotisations)."));

    private static readonly FieldViolation TemplateAndLines = new(
        "template",
        "TEMPLATE_AND_LINES",
        new("Both a template and lines are given.", "Un modèle et des lignes sont tous deux indiqués."),
        new("Give one of the two; lines of a template can be changed afterwards.", "Indiquez l'un des deux ; les lignes d'un modèle se modifient ensuite."));

    /// <summary>A proposal, as the first revision of the version of that number.</summary>
    public static Outcome<ScopeVersionRow> Propose(
        CreateScopeVersionRequest command, SharedDelegation delegation, TradeList trade, int number, Side side, Guid id, DateTimeOffset now)
    {
        var coverage = CoverageOf(delegation);
        if ((delegation.Closed<ScopeVersionRow>() ?? ScopeRefusals.Incomplete(coverage)) is { } refusal)
            return refusal;

        var violations = new List<FieldViolation>();
        CheckOccasion(command.Occasion, required: true, violations);
        var effectiveDay = DayField.Read("effective_day", command.EffectiveDay, violations);
        var lines = LineRules.Read(LinesOf(command, trade, violations), trade, coverage, violations);
        if (violations.Count > 0 || effectiveDay is not { } day)
            return new Outcome<ScopeVersionRow>.Invalid(violations);

        return new Outcome<ScopeVersionRow>.Accepted(new ScopeVersionRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = id,
            Number = number,
            Occasion = command.Occasion.Stored(),
            State = State.Proposed.Stored(),
            EffectiveDay = day,
            Lines = ProtoJson.WriteList(lines),
            Extent = ScopeExtent.Of(lines, trade).Stored(),
            ProposedBy = side.Code(),
            CreateTime = now.InMicroseconds(),
            ContentRevision = 1,
            Revision = 1,
        });
    }

    /// <summary>The proposal as it is after a change, with no consent: both sides are to read it again.</summary>
    public static Outcome<ScopeVersionRow> Change(UpdateScopeVersionRequest command, ScopeVersionRow version, SharedDelegation delegation, TradeList trade)
    {
        var coverage = CoverageOf(delegation);
        if ((ScopeRefusals.NotChangeable(version, command.Etag) ?? delegation.Closed<ScopeVersionRow>() ?? ScopeRefusals.Incomplete(coverage)) is { } refusal)
            return refusal;

        var violations = new List<FieldViolation>();
        CheckOccasion(command.Occasion, required: false, violations);
        var effectiveDay = DayField.ReadOptional("effective_day", command.EffectiveDay, violations);
        var lines = LineRules.Read(command.Lines.Count > 0 ? command.Lines : version.ReadLines(), trade, coverage, violations);
        if (violations.Count > 0)
            return new Outcome<ScopeVersionRow>.Invalid(violations);

        return new Outcome<ScopeVersionRow>.Accepted(version with
        {
            Occasion = command.Occasion == ScopeOccasion.Unspecified ? version.Occasion : command.Occasion.Stored(),
            EffectiveDay = effectiveDay ?? version.EffectiveDay,
            Lines = ProtoJson.WriteList(lines),
            Extent = ScopeExtent.Of(lines, trade).Stored(),
            InsurerPersonId = null,
            InsurerConsentTime = null,
            DelegatePersonId = null,
            DelegateConsentTime = null,
            ContentRevision = version.Revision + 1,
            Revision = version.Revision + 1,
        });
    }

    public static Outcome<ScopeVersionRow> Withdraw(ScopeVersionRow version, string etag) => ScopeRefusals.NotChangeable(version, etag)
        ?? new Outcome<ScopeVersionRow>.Accepted(version with { State = State.Withdrawn.Stored(), Revision = version.Revision + 1 });

    public static Coverage CoverageOf(SharedDelegation delegation) => new(
        [.. delegation.ReferenceData.Products.Select(product => product.Code)], [.. delegation.ReferenceData.Populations.Select(population => population.Code)]);

    private static RepeatedField<ScopeLine> LinesOf(CreateScopeVersionRequest command, TradeList trade, List<FieldViolation> violations)
    {
        if (command.Template == ScopeTemplateCode.Unspecified)
        {
            if (command.Lines.Count == 0)
                violations.Add(LineViolations.Required);

            return command.Lines;
        }

        if (command.Lines.Count > 0)
            violations.Add(TemplateAndLines);

        var template = trade.Find(command.Template);
        if (template is null)
            violations.Add(TemplateUnknown);

        return template?.Lines ?? command.Lines;
    }

    private static void CheckOccasion(ScopeOccasion occasion, bool required, List<FieldViolation> violations)
    {
        if (occasion == ScopeOccasion.Unspecified && required)
            violations.Add(OccasionRequired);
        else if (!Enum.IsDefined(occasion))
            violations.Add(OccasionUnknown);
    }

    private static LocalizedText ChooseAnOccasion => new(
        "Choose SCOPE_OCCASION_CONCLUSION or SCOPE_OCCASION_SCOPING.", "Choisissez SCOPE_OCCASION_CONCLUSION (conclusion) ou SCOPE_OCCASION_SCOPING (cadrage).");
}
