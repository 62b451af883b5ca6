using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Organizations;

/// <summary>Decides on a change of an organisation's profile: what the request leaves out stays.</summary>
internal static class ProfileUpdate
{
    private delegate bool Parser(string text, out string value, out FieldViolation? violation);

    public static Outcome<OrganizationRow> Decide(OrganizationRow organization, UpdateOrganizationRequest command)
    {
        var violations = new List<FieldViolation>();
        var next = organization with { Revision = organization.Revision + 1 };
        if (command.HasLegalName)
            next = next with { LegalName = Read(LegalName.TryParse, command.LegalName, violations) };
        if (command.HasLei)
            next = next with { Lei = Read(Lei.TryParse, command.Lei, violations) };
        if (command.HasAcprNumber)
            next = next with { AcprNumber = Read(RegisterNumbers.TryParseAcpr, command.AcprNumber, violations) };
        if (command.HasOriasNumber)
            next = next with { OriasNumber = Read(RegisterNumbers.TryParseOrias, command.OriasNumber, violations) };
        if (command.ForeignIdentifiers is { } identifiers)
            next = next with { ForeignIdentifiers = ProtoJson.WriteList(ProfileLists.Read(identifiers, violations)) };
        if (command.Departments is { } departments)
            next = next with { Departments = ProtoJson.WriteList(ProfileLists.Read(departments, violations)) };

        if (violations.Count > 0)
            return new Outcome<OrganizationRow>.Invalid(violations);

        return Etag.Mismatch<OrganizationRow>(command.Etag, organization.Id, organization.Revision) ?? new Outcome<OrganizationRow>.Accepted(next);
    }

    private static string Read(Parser parse, string text, List<FieldViolation> violations)
    {
        if (!parse(text, out var value, out var violation))
            violations.Add(violation!);

        return value;
    }
}
