using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A case that somebody writes by hand.</summary>
internal sealed record CaseFields(string Title, string Guarantee, string Formula, long SpentCents, long AmoCents, long ExpectedCents)
{
    private static readonly LocalizedText AboveSpent = new("More would be paid than was spent.", "Il serait remboursé plus que la dépense.");
    private static readonly LocalizedText GiveLess = new("Give no more than what is left of it.", "N'indiquez pas plus que ce qu'il en reste.");

    /// <summary>Null with violations.</summary>
    public static CaseFields? Read(WriteCaseRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var title = TextField.ReadLine("title", request.Title, 300, violations);
        var guarantee = ReadOptional("guarantee", request.Guarantee, 200, violations);
        var formula = ReadOptional("formula", request.Formula, 500, violations);
        var spent = EuroField.Read("spent", request.Spent, violations);
        var compulsory = EuroField.Read("compulsory", request.Compulsory, violations);
        var expected = EuroField.Read("expected", request.Expected, violations);
        if (compulsory > spent)
            violations.Add(new("compulsory", "AMOUNT_ABOVE_SPENT", AboveSpent, GiveLess));
        else if (expected > spent - compulsory)
            violations.Add(new("expected", "AMOUNT_ABOVE_SPENT", AboveSpent, GiveLess));

        return violations.Count > before
            ? null
            : new CaseFields(title!, guarantee!, formula!, spent!.Value, compulsory!.Value, expected!.Value);
    }

    public AcceptanceCaseRow NewCase(ProjectRow project, Guid id, DateTime now) => new()
    {
        OwnerId = project.OwnerId,
        DelegationId = project.DelegationId,
        DelegateId = project.DelegateId,
        ProjectId = project.Id,
        Id = id,
        Origin = ItemMessages.HandOrigin,
        OriginKey = id.ToString(),
        Edited = [],
        State = ItemStates.Active,
        Title = Title,
        Guarantee = Guarantee,
        Level = "",
        Category = "",
        SpentCents = SpentCents,
        BaseCents = 0,
        AmoRatePpm = 0,
        AmoCents = AmoCents,
        ExpectedCents = ExpectedCents,
        Formula = Formula,
        CreateTime = now,
        UpdateTime = now,
        Revision = 1,
    };

    private static string? ReadOptional(string field, string text, int maximum, ICollection<FieldViolation> violations) =>
        text.Trim().Length == 0 ? "" : TextField.ReadLine(field, text, maximum, violations);
}
