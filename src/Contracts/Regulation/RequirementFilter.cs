using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Regulation;

/// <summary>Which requirements are asked for.</summary>
/// <param name="Regimes">Only those that these bring together; all when there are none.</param>
/// <param name="Day">Only those in force on this day; all when null.</param>
internal sealed record RequirementFilter(IReadOnlySet<Regime> Regimes, DateOnly? Day)
{
    public static Outcome<RequirementFilter> Read(ListRequirementsRequest request)
    {
        var violations = new List<FieldViolation>();
        var day = DayField.ReadOptional("day", request.Day, violations);
        foreach (var (index, regime) in request.Regimes.Index())
            if (regime == Regime.Unspecified || !Enum.IsDefined(regime))
                violations.Add(new(
                    $"regimes[{index}]", "REGIME_UNKNOWN", new("This regime is not known.", "Ce régime n'est pas connu."),
                    new("Choose one from the list of regimes.", "Choisissez-en un dans la liste des régimes.")));

        return violations.Count == 0
            ? new Outcome<RequirementFilter>.Accepted(new RequirementFilter(request.Regimes.ToHashSet(), day))
            : new Outcome<RequirementFilter>.Invalid(violations);
    }

    public IEnumerable<Requirement> Apply(IEnumerable<Requirement> requirements) => requirements
        .Where(requirement => Regimes.Count == 0 || requirement.Regimes.All(Regimes.Contains))
        .Where(requirement => Day is not { } day || requirement.IsInForce(day));
}
