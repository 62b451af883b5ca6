using System.Text.RegularExpressions;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Sort = Delegation.Contracts.V1.ContractClause.Types.Sort;

namespace Delegation.Contracts.Negotiation;

/// <summary>Reads clauses from a request.</summary>
internal static partial class ClauseReading
{
    public const int MostClauses = 200;
    public const int LongestTitle = 200;
    public const int LongestWording = 20_000;
    private const int LongestFamily = 60;
    private const int LongestCode = 60;
    private const int MostRequirements = 50;

    /// <summary>All clauses of a new contract, in their order.</summary>
    public static IReadOnlyList<ClauseRow> ReadAll(IReadOnlyList<ContractClause> clauses, DateTimeOffset now, List<FieldViolation> violations)
    {
        if (clauses.Count is 0 or > MostClauses)
        {
            violations.Add(clauses.Count == 0 ? ClauseViolations.Required : ClauseViolations.TooMany(clauses.Count, MostClauses));
            return [];
        }

        var codes = new HashSet<string>();
        return [.. clauses.Select((clause, index) => Read($"clauses[{index}]", clause, index + 1, codes, now, violations))];
    }

    /// <summary>One clause at a place; what is wrong with it makes the row worthless.</summary>
    /// <param name="path">Of the clause in the request.</param>
    /// <param name="clause">As sent.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="codes">The codes of the clauses before it; gets its own.</param>
    /// <param name="now">When.</param>
    /// <param name="violations">Gets what is wrong.</param>
    public static ClauseRow Read(string path, ContractClause clause, int place, ISet<string> codes, DateTimeOffset now, List<FieldViolation> violations)
    {
        // Set by the platform and not read; what is no id was meant for another field.
        IdField.ReadOptional($"{path}.id", clause.Id, violations);
        IdField.ReadOptional($"{path}.contract_id", clause.ContractId, violations);
        if (!Enum.IsDefined(clause.Sort))
            violations.Add(ClauseViolations.SortUnknown($"{path}.sort"));
        if (clause.LibraryVersion < 0)
            violations.Add(ClauseViolations.VersionNegative($"{path}.library_version"));

        return new ClauseRow
        {
            Id = NewId.At(now),
            Place = place,
            Sort = (clause.Sort is Sort.Annex or Sort.Repeal ? clause.Sort : Sort.Clause).Stored(),
            Code = ReadCode($"{path}.code", clause.Code.Trim(), codes, violations),
            Family = clause.Family.Length == 0 ? "" : TextField.ReadLine($"{path}.family", clause.Family, LongestFamily, violations) ?? "",
            LibraryVersion = clause.LibraryVersion > 0 ? clause.LibraryVersion : null,
            Title = TextField.ReadLine($"{path}.title", clause.Title, LongestTitle, violations) ?? "",
            Wording = ReadWording($"{path}.wording", clause.Wording, violations),
            Requirements = ReadRequirements($"{path}.requirement_ids", clause, violations),
            Removed = false,
            Revision = 1,
        };
    }

    private static string ReadWording(string path, string wording, List<FieldViolation> violations)
    {
        if (wording.Trim().Length == 0)
            violations.Add(ClauseViolations.WordingRequired(path));

        return TextField.ReadText(path, wording, LongestWording, violations) ?? "";
    }

    private static string ReadCode(string path, string code, ISet<string> codes, List<FieldViolation> violations)
    {
        if (code.Length == 0)
            violations.Add(ClauseViolations.CodeRequired(path));
        else if (code.Length > LongestCode || !Code().IsMatch(code))
            violations.Add(ClauseViolations.CodeMalformed(path));
        else if (!codes.Add(code))
            violations.Add(ClauseViolations.CodeRepeated(path, code));

        return code;
    }

    private static string[] ReadRequirements(string path, ContractClause clause, List<FieldViolation> violations)
    {
        ListLimits.Check(path, clause.RequirementIds.Count, MostRequirements, violations);
        foreach (var (index, id) in clause.RequirementIds.Index())
            if (id.Length > LongestCode || !Code().IsMatch(id))
                violations.Add(ClauseViolations.RequirementMalformed($"{path}[{index}]"));

        return [.. clause.RequirementIds.Distinct()];
    }

    [GeneratedRegex(@"\A[A-Z0-9]+([_-][A-Z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
