using System.Security.Cryptography;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Level = Delegation.Contracts.V1.SignatureCertificate.Types.Level;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.Contracting;

public sealed class Contracts_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task A_contract_is_issued_as_a_PDF_both_sides_sign_its_hash_and_it_is_the_title()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var issued = await conclusion.IssueAsync(await conclusion.AgreeAsync());

        Assert.Equal(State.Issued, issued.State);
        Assert.Equal([Side.Insurer, Side.Delegate], issued.Conclusion.AwaitedSides);
        Assert.Equal((conclusion.Scope.Id, 4), (issued.Conclusion.ScopeVersionId, issued.Conclusion.Annexes.Count));
        var pdf = await conclusion.DownloadAsync(issued, insurer: false);
        Assert.Equal(issued.Conclusion.DocumentSha256, Convert.ToHexStringLower(SHA256.HashData(pdf)));
        Assert.Equal(issued.Conclusion.DocumentSizeBytes, pdf.Length);

        var first = await conclusion.SignAsync(issued, insurer: false);
        Assert.Equal((State.PartlySigned, null), (first.State, first.Conclusion.Certificate));
        Assert.Equal([Side.Insurer], first.Conclusion.AwaitedSides);
        Assert.Equal(TitleBreach.NoTitle, (await conclusion.TitleAsync(LetterCalls.Today)).Breach);

        var contract = await conclusion.SignAsync(issued, insurer: true);
        Assert.Equal(State.InForce, contract.State);
        Assert.Equal((Level.Simple, issued.Conclusion.DocumentSha256), (contract.Conclusion.Certificate.Level, contract.Conclusion.Certificate.TextSha256));
        Assert.Equal([Side.Delegate, Side.Insurer], contract.Conclusion.Certificate.Signatures.Select(signature => signature.Side));
        Assert.All(contract.Conclusion.Signatures, signature => Assert.Equal(issued.Conclusion.DocumentSha256, signature.TextSha256));
        Assert.Equal(pdf, await conclusion.DownloadAsync(contract));
        var title = (await conclusion.TitleAsync(LetterCalls.Day(400))).Title;
        Assert.Equal((Title.Types.Kind.Contract, contract.Id, issued.Conclusion.DocumentSha256), (title.Kind, title.ObjectId, title.TextSha256));

        var certificate = await conclusion.CertificateAsync(contract);
        Assert.Equal(certificate, await conclusion.CertificateAsync(contract, insurer: false));
    }

    [PostgresFact]
    public async Task What_was_recalled_waits_on_both_work_lists_to_be_issued_again()
    {
        var conclusion = await Conclusion.OpenAsync(host);
        var issued = await conclusion.IssueAsync(await conclusion.AgreeAsync());
        Assert.Empty(await WaitingAsync());

        var recalled = await conclusion.Contracts(insurer: false).RecallContractAsync(
            new RecallContractRequest { DelegationId = issued.DelegationId, ContractId = issued.Id, Etag = issued.Etag }, deadline: People.Deadline);
        Assert.Equal([Side.Insurer, Side.Delegate], await WaitingAsync());

        await conclusion.IssueAsync(recalled);
        Assert.Empty(await WaitingAsync());

        async Task<Side[]> WaitingAsync() =>
            [.. (await host.OpenWorkAsync(conclusion.Agreement.Parties.Insurer.Id)).Where(work => work.Kind == "contract.issue").Select(work => work.Side).Order()];
    }
}
