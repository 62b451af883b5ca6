using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases.Criteria;

/// <summary>A project is closed when its delegation has ended: all is given back, and the delegate's copies are destroyed.</summary>
internal sealed class ExitCompleted : ICriterion
{
    public string Code => "EXIT_COMPLETED";

    public LocalizedText Title { get; } = new("The delegation has ended, up to the certificate of destruction", "La délégation a pris fin, jusqu'au certificat de destruction");

    public LocalizedText LooksAt { get; } = new("The exit of the delegation (reversibility)", "La sortie de la délégation (réversibilité)");

    public KnownBy KnownBy => KnownBy.Contracts;

    public async Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken)
    {
        if (await question.Contracts.ExitAsync() is not { } exit)
            return Finding.Unmet(new("No exit was triggered.", "Aucune sortie n'est déclenchée."));

        var asked = Answered.WithEtag("exit", exit.Id, exit.Etag);
        return exit.State == ExitState.Closed
            ? Finding.Met(new("The exit is completed.", "La sortie est achevée."), asked)
            : Finding.Unmet(new($"The exit goes on, in the phase {exit.Phase.Stored()}.", $"La sortie est en cours, en phase {exit.Phase.Stored()}."), asked);
    }
}
