using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.Commitments;

/// <summary>What two parties of a test do with commitments.</summary>
internal sealed class Promise(ContractsHost host, Agreement agreement)
{
    public Agreement Agreement => agreement;

    public string DelegationId => agreement.Delegation.Id;

    public string InsurerId => agreement.Parties.Insurer.Id;

    public static DateTime Deadline => Agreement.Deadline;

    public static async Task<Promise> OpenAsync(ContractsHost host) => new(host, await Agreement.OpenAsync(host));

    public V1.Commitments.CommitmentsClient Calls(bool insurer = true) => new(host.As(Subject(insurer)));

    public Neutralisations.NeutralisationsClient Periods(bool insurer = true) => new(host.As(Subject(insurer)));

    public string Subject(bool insurer) => insurer ? agreement.Parties.InsurerSubject : agreement.Parties.DelegateSubject;

    public CreateCommitmentVersionRequest Proposal(CommitmentTerms terms, string from = "2026-01-01") => new()
    {
        DelegationId = DelegationId, Terms = terms, EffectiveDay = from,
    };

    public async Task<CommitmentVersion> ProposeAsync(CommitmentTerms terms, string from = "2026-01-01", string commitmentId = "", bool insurer = true)
    {
        var request = Proposal(terms, from);
        request.CommitmentId = commitmentId;
        return await Calls(insurer).CreateCommitmentVersionAsync(request, deadline: Deadline);
    }

    public static ValidateCommitmentVersionRequest Validation(CommitmentVersion version) => new()
    {
        DelegationId = version.DelegationId, CommitmentVersionId = version.Id, Etag = version.Etag,
    };

    public async Task<CommitmentVersion> ValidateAsync(CommitmentVersion version, bool insurer) =>
        await Calls(insurer).ValidateCommitmentVersionAsync(Validation(version), deadline: Deadline);

    /// <summary>A commitment, or another version of one, that both sides validated.</summary>
    public async Task<CommitmentVersion> AgreeAsync(CommitmentTerms terms, string from = "2026-01-01", string commitmentId = "")
    {
        var proposed = await ProposeAsync(terms, from, commitmentId);
        await ValidateAsync(proposed, insurer: true);
        return await ValidateAsync(proposed, insurer: false);
    }

    public async Task<CommitmentVersion> ReadAsync(CommitmentVersion version, bool insurer = false) => await Calls(insurer).GetCommitmentVersionAsync(
        new GetCommitmentVersionRequest { DelegationId = DelegationId, CommitmentVersionId = version.Id }, deadline: Deadline);

    public async Task<IReadOnlyList<CommitmentVersion>> OnAsync(string day, bool insurer = true) =>
        (await Calls(insurer).ListCommitmentsAsync(new ListCommitmentsRequest { DelegationId = DelegationId, Day = day }, deadline: Deadline)).CommitmentVersions;

    public async Task<IReadOnlyList<CommitmentPart>> PartsAsync(CommitmentVersion version, string start, string end) => (await Calls().ListCommitmentPartsAsync(
        new ListCommitmentPartsRequest { DelegationId = DelegationId, CommitmentId = version.CommitmentId, StartDay = start, EndDay = end }, deadline: Deadline)).Parts;

    public async Task<Neutralisation> NeutraliseAsync(string start, string end, string commitmentId = "")
    {
        var proposed = await Periods().ProposeNeutralisationAsync(
            new ProposeNeutralisationRequest { DelegationId = DelegationId, CommitmentId = commitmentId, StartDay = start, EndDay = end, Reason = "Panne du réseau NOEMIE" }, deadline: Deadline);
        await Periods().ValidateNeutralisationAsync(Validation(proposed), deadline: Deadline);
        return await Periods(insurer: false).ValidateNeutralisationAsync(Validation(proposed), deadline: Deadline);
    }

    public static ValidateNeutralisationRequest Validation(Neutralisation proposed) => new()
    {
        DelegationId = proposed.DelegationId, NeutralisationId = proposed.Id, Etag = proposed.Etag,
    };
}
