using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.Collections;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>A campaign that somebody wants.</summary>
internal sealed record CampaignFields(string Name, string Kind, string TestingSide, DateOnly FirstDay, DateOnly LastDay)
{
    /// <summary>Null with violations.</summary>
    public static CampaignFields? Read(CreateCampaignRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        var name = TextField.ReadLine("name", request.Name, 200, violations);
        ChoiceField.Check("kind", request.Kind, violations);
        ChoiceField.CheckSide("testing_side", request.TestingSide, violations);
        var first = DayField.Read("first_day", request.FirstDay, violations);
        var last = DayField.Read("last_day", request.LastDay, violations);
        if (last < first)
            violations.Add(new(
                "last_day", "LAST_DAY_BEFORE_FIRST", new("The campaign would end before it begins.", "La campagne finirait avant de commencer."),
                new("Give a day that is not before the first one.", "Indiquez un jour qui ne précède pas le premier.")));

        return violations.Count > before
            ? null
            : new CampaignFields(name!, request.Kind.Stored(), request.TestingSide.Code(), first!.Value, last!.Value);
    }

    /// <summary>Cases that a request names, each once; none for all that are in use.</summary>
    public static Guid[] ReadCases(RepeatedField<string> ids, ICollection<FieldViolation> violations)
    {
        if (ids.Count > CampaignRow.MostCases)
            violations.Add(new(
                "case_ids", "TOO_MANY_ENTRIES", new($"There are {ids.Count} cases.", $"Il y a {ids.Count} cas."),
                new($"Give at most {CampaignRow.MostCases}.", $"Indiquez-en au plus {CampaignRow.MostCases}.")));

        return [.. ids.Take(CampaignRow.MostCases).Select(id => IdField.Read("case_ids", id, violations)).OfType<Guid>().Distinct()];
    }

    public CampaignRow NewCampaign(ProjectRow project, Guid id, DateTime now) => new(
        project.OwnerId, project.DelegationId, project.DelegateId, project.Id, project.Name, id, Name, Kind, TestingSide, FirstDay, LastDay,
        SealedReportId: null, now, now, Revision: 1);
}
