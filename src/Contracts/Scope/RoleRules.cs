using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Scope;

/// <summary>
/// Who is what on a line: a settled one has exactly one accountable party and at least one responsible; of a regulated activity the insurer
/// is accountable; the delegate answers for its sub-delegates.
/// </summary>
internal static class RoleRules
{
    private const int LongestName = 200;

    /// <summary>The assignments of a line in their plain form; violations for all that is wrong with them.</summary>
    /// <param name="path">Of the line.</param>
    /// <param name="line">As it was given.</param>
    /// <param name="activity">Null when it is not known, which is a violation of its own.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static IReadOnlyList<RaciAssignment> Read(string path, ScopeLine line, Activity? activity, List<FieldViolation> violations)
    {
        var plain = line.Assignments.Select((assignment, place) => ReadOne($"{path}.assignments[{place}]", assignment, violations)).ToArray();
        for (var place = 1; place < plain.Length; place++)
            if (plain.Take(place).Any(other => other.Party == plain[place].Party && other.PartyName == plain[place].PartyName))
                violations.Add(RoleViolations.PartyRepeated($"{path}.assignments[{place}].party"));

        if (!line.ToBeDecided)
            CheckSettled($"{path}.assignments", plain, activity, violations);

        return plain;
    }

    private static RaciAssignment ReadOne(string path, RaciAssignment assignment, List<FieldViolation> violations)
    {
        if (assignment.Party is ScopeParty.Unspecified || !Enum.IsDefined(assignment.Party))
            violations.Add(RoleViolations.Party($"{path}.party", assignment.Party));

        if (assignment.Roles.Count == 0)
            violations.Add(RoleViolations.RolesRequired($"{path}.roles"));

        for (var place = 0; place < assignment.Roles.Count; place++)
        {
            var role = assignment.Roles[place];
            if (role is RaciRole.Unspecified || !Enum.IsDefined(role))
                violations.Add(RoleViolations.RoleUnknown($"{path}.roles[{place}]"));
            else if (assignment.Roles.Take(place).Contains(role))
                violations.Add(RoleViolations.RoleRepeated($"{path}.roles[{place}]"));
        }

        if (assignment.Party == ScopeParty.SubDelegate && assignment.Roles.Contains(RaciRole.Accountable))
            violations.Add(RoleViolations.SubDelegateAccountable($"{path}.roles"));

        return new RaciAssignment { Party = assignment.Party, PartyName = ReadName($"{path}.party_name", assignment, violations), Roles = { assignment.Roles.Order() } };
    }

    private static string ReadName(string path, RaciAssignment assignment, List<FieldViolation> violations)
    {
        if (assignment.Party is ScopeParty.Broker or ScopeParty.ThirdPartyPaymentOperator or ScopeParty.SubDelegate)
            return ServiceDefaults.Fields.TextField.ReadLine(path, assignment.PartyName, LongestName, violations) ?? "";

        if (assignment.PartyName.Length > 0)
            violations.Add(RoleViolations.NameUnwanted(path));

        return "";
    }

    private static void CheckSettled(string path, IReadOnlyList<RaciAssignment> assignments, Activity? activity, List<FieldViolation> violations)
    {
        var accountable = assignments.Where(assignment => assignment.Roles.Contains(RaciRole.Accountable)).ToArray();
        if (accountable.Length == 0)
            violations.Add(RoleViolations.AccountableMissing(path));
        else if (accountable.Length > 1)
            violations.Add(RoleViolations.AccountableSeveral(path, accountable.Length));
        else if (activity is { Regulated: true } && accountable[0].Party != ScopeParty.Insurer)
            violations.Add(RoleViolations.InsurerNotAccountable(path, activity));

        if (!assignments.Any(assignment => assignment.Roles.Contains(RaciRole.Responsible)))
            violations.Add(RoleViolations.ResponsibleMissing(path));
    }
}
