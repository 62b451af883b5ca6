using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>Scope and roles are validated jointly again in the scoping, and each line is settled.</summary>
internal sealed class ScopeValidatedAtScoping : ICriterion
{
    public string Code => "SCOPE_VALIDATED_AT_SCOPING";

    public LocalizedText Title { get; } = new(
        "Scope and roles are validated by both sides at scoping, line by line", "Périmètre et rôles sont validés par les deux parties au cadrage, ligne à ligne");

    public LocalizedText LooksAt { get; } = new("The validated version of the scope", "La version validée du périmètre");

    public KnownBy KnownBy => KnownBy.Contracts;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        if (await question.Contracts.ValidatedScopeAsync() is not { } scope)
            return Finding.Unmet(new("No version of the scope is validated.", "Aucune version du périmètre n'est validée."));

        var evidence = Answered.WithEtag("scope_version", scope.Id, scope.Etag);
        return scope switch
        {
            { Occasion: not ScopeOccasion.Scoping } => Finding.Unmet(
                new($"Version {scope.Number} was validated at conclusion, and none at scoping.", $"La version {scope.Number} a été validée à la conclusion, aucune au cadrage."),
                evidence),
            { UndecidedLines.Count: > 0 } => Finding.Unmet(
                new($"Lines to be decided in version {scope.Number}: {scope.UndecidedLines.Count}.", $"Lignes à décider dans la version {scope.Number} : {scope.UndecidedLines.Count}."),
                evidence),
            _ => Finding.Met(new($"Version {scope.Number}, validated at scoping.", $"Version {scope.Number}, validée au cadrage."), evidence),
        };
    }
}
