using Dapper;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Npgsql;

namespace Delegation.Contracts.Tests.Regulation;

/// <summary>The regulatory checklist of an open delegation of a mutual, and calls about it.</summary>
internal sealed class ComplianceFile
{
    private readonly ContractsHost _host;

    private ComplianceFile(ContractsHost host, Agreement agreement) => (_host, Agreement) = (host, agreement);

    public Agreement Agreement { get; }

    public string DelegationId => Agreement.Delegation.Id;

    public V1.Regulation.RegulationClient OfInsurer => new(_host.As(Agreement.Parties.InsurerSubject));

    public V1.Regulation.RegulationClient OfDelegate => new(_host.As(Agreement.Parties.DelegateSubject));

    public static async Task<ComplianceFile> OpenAsync(ContractsHost host)
    {
        var agreement = await Agreement.OpenAsync(host);
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync(
            "UPDATE member SET roles = roles || '{compliance}', revision = revision + 1 WHERE subject = ANY (@subjects)",
            new { subjects = new[] { agreement.Parties.InsurerSubject, agreement.Parties.DelegateSubject } });
        await connection.ExecuteAsync(
            "UPDATE membership SET roles = roles || '{compliance}', revision = revision + 1 WHERE subject = ANY (@subjects)",
            new { subjects = new[] { agreement.Parties.InsurerSubject, agreement.Parties.DelegateSubject } });
        return new ComplianceFile(host, agreement);
    }

    public async Task<DelegationRegimes> RegimesAsync() =>
        await OfInsurer.GetRegimesAsync(new GetRegimesRequest { DelegationId = DelegationId }, deadline: Agreement.Deadline);

    public AnswerQuestionnaireRequest Answers(RegulatoryAnswers answers, string etag) => new() { DelegationId = DelegationId, Answers = answers, Etag = etag };

    public RecordEvidenceRequest Proof(string requirementId = "SII-274-3-A", EvidenceKind kind = EvidenceKind.DueDiligence) => new()
    {
        DelegationId = DelegationId, Kind = kind, RequirementIds = { requirementId }, Title = "Rapport de diligences", Reference = "GED 2026-114", StartDay = "2026-01-15",
    };

    public SetNotApplicableRequest NotApplicable(string requirementId = "HDS-29") => new()
    {
        DelegationId = DelegationId, RequirementId = requirementId, Motive = "Aucun accès à distance hors EEE",
    };

    public async Task<ContractCoverage> CoverageAsync(string contractId, string day = "2026-11-22") => await OfDelegate.GetCoverageAsync(
        new GetCoverageRequest { DelegationId = DelegationId, ContractId = contractId, Day = day }, deadline: Agreement.Deadline);

    /// <summary>A contract with these clauses of the standard, as a negotiation leaves it.</summary>
    public Task<string> ContractAsync(Func<LibraryClause, bool>? present = null) =>
        ContractAsync(_host.Database.AdminConnectionString, Agreement.Delegation, present);

    public static async Task<string> ContractAsync(string connectionString, V1.Delegation delegation, Func<LibraryClause, bool>? present = null)
    {
        const string Contract =
            """
            INSERT INTO contract (owner_id, delegation_id, delegate_id, contract_id, number, kind, state, title, effective_day, review_days, drafted_by,
                                  create_time, content_revision, revision)
            VALUES (@owner, @delegation, @tpa, @id, 1, 'contract', 'draft', 'Contrat', '2026-12-01', 10, 'insurer', @now, 1, 1)
            """;
        const string Clause =
            """
            INSERT INTO contract_clause (owner_id, delegation_id, delegate_id, contract_id, clause_id, place, sort, code, family, library_version, title, wording,
                                         requirements, removed, revision)
            VALUES (@owner, @delegation, @tpa, @id, @clause, @Place, 'clause', @Code, @family, 1, @Title, @Wording, @requirements, @removed, 1)
            """;

        var (owner, tpa, id) = (Guid.Parse(delegation.Insurer.OrganizationId), Guid.Parse(delegation.Delegate.OrganizationId), Guid.CreateVersion7());
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(Contract, new { owner, delegation = Guid.Parse(delegation.Id), tpa, id, now = DateTime.UtcNow });
        foreach (var clause in ClauseLibrary.Own.Latest.Standard)
            await connection.ExecuteAsync(Clause, new
            {
                owner, delegation = Guid.Parse(delegation.Id), tpa, id, clause = Guid.CreateVersion7(), clause.Place, clause.Code, family = clause.Family.Stored(),
                clause.Title, clause.Wording, requirements = clause.RequirementIds.ToArray(), removed = !(present?.Invoke(clause) ?? true),
            });

        return id.ToString();
    }
}
