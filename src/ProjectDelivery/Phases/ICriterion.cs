using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Phases;

/// <summary>
/// A rule that must hold for a gate to be passed. One small class each, in the folder of the process whose matter it is, and one line in
/// <see cref="GateCriteria"/>. What it answers is evidence: the same state of things gives the same finding, and two different ones differ in
/// the objects and revisions that it names.
/// </summary>
internal interface ICriterion
{
    /// <summary>Stable and UPPER_SNAKE_CASE, once in each gate.</summary>
    string Code { get; }

    /// <summary>What it asks for.</summary>
    LocalizedText Title { get; }

    /// <summary>What it looks at to know.</summary>
    LocalizedText LooksAt { get; }

    /// <summary>The service that knows.</summary>
    KnownBy KnownBy => KnownBy.Delivery;

    /// <summary>False for what no agreement of the parties replaces.</summary>
    bool Overridable => true;

    /// <summary>Looks. A criterion that this service answers states its party predicate like any query; a failed call to another service is no answer.</summary>
    Task<Finding> LookAsync(CriterionQuestion question, CancellationToken cancellationToken);
}

/// <summary>The service that knows the answer to a criterion.</summary>
internal enum KnownBy
{
    /// <summary>This service: answered under the lock of the project.</summary>
    Delivery,

    /// <summary>Contracts, asked in the name of the caller.</summary>
    Contracts,

    /// <summary>Reporting, asked in the name of the caller.</summary>
    Reporting,
}

/// <summary>What a criterion is asked about.</summary>
/// <param name="Project">The project, which the caller takes part in.</param>
/// <param name="Session">The caller's transaction: for criteria that this service answers.</param>
/// <param name="Contracts">What Contracts answers the caller, each question asked once for all criteria.</param>
/// <param name="Reporting">The same of Reporting.</param>
/// <param name="Today">The day it is.</param>
internal sealed record CriterionQuestion(ProjectRow Project, TenantSession Session, ContractsAnswers Contracts, ReportingAnswers Reporting, DateOnly Today);
