using Delegation.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Delegation.ProjectDelivery.Tests;

/// <summary>What Contracts answers about one delegation when gates ask, as tests want it: all is well unless they say otherwise.</summary>
internal sealed class MadeUpEvidence
{
    /// <summary>False while the delegate has named no main contact.</summary>
    public bool HasContacts { get; set; } = true;

    /// <summary>When the validated version of the scope was agreed on.</summary>
    public ScopeOccasion ScopeOccasion { get; set; } = ScopeOccasion.Scoping;

    /// <summary>How many of its lines are to be decided.</summary>
    public int UndecidedLines { get; set; }

    /// <summary>Delegated activities that no title covers.</summary>
    public IReadOnlyList<string> UncoveredActivities { get; set; } = [];

    /// <summary>False while the business continuity plan is not approved.</summary>
    public bool HasAnnexes { get; set; } = true;

    /// <summary>False for an activity that is neither critical nor important.</summary>
    public bool IsCritical { get; set; } = true;

    /// <summary>The evidence that the ACPR was informed.</summary>
    public Evidence AcprNotification { get; } = new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Kind = EvidenceKind.AcprNotification,
        RequirementIds = { "CA-L354-3-NOTIFICATION" },
        Title = "Dépôt sur le portail de l'ACPR",
        StartDay = "2026-01-15",
    };

    /// <summary>The minimum terms that the letter of engagement has.</summary>
    public List<MinimumTermTopic> Terms { get; } = [.. Enum.GetValues<MinimumTermTopic>().Where(topic => topic != MinimumTermTopic.Unspecified)];

    /// <summary>How far the end of the delegation is; null while nobody triggered it.</summary>
    public Exit? Exit { get; set; } = new() { Id = Guid.CreateVersion7().ToString(), State = ExitState.Closed, Phase = ExitPhase.Closure, Etag = "\"closed\"" };

    public static void Map(IEndpointRouteBuilder server)
    {
        server.MapGrpcService<ExitsPeer>();
        server.MapGrpcService<LettersPeer>();
        server.MapGrpcService<ScopesPeer>();
        server.MapGrpcService<AnnexesPeer>();
        server.MapGrpcService<ContactsPeer>();
        server.MapGrpcService<RegulationPeer>();
    }

    private static string Approved(DueAnnex.Types.Kind kind, bool approved) => approved ? $"01990000-0000-7000-8000-00000000000{(int)kind}" : "";

    private sealed class ExitsPeer(MadeUpContracts contracts) : Exits.ExitsBase
    {
        public override Task<ListExitsResponse> ListExits(ListExitsRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var answer = new ListExitsResponse();
            if (contracts.Of(request.DelegationId).Exit is { } exit)
                answer.Exits.Add(exit);
            return Task.FromResult(answer);
        }
    }

    private sealed class LettersPeer(MadeUpContracts contracts) : Letters.LettersBase
    {
        public override Task<Letter> GetLetter(GetLetterRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var terms = contracts.Of(request.DelegationId).Terms.Select(topic => new LetterTerm { Topic = topic, Text = "Comme convenu." });
            return Task.FromResult(new Letter { Id = request.LetterId, Terms = { terms }, Etag = "\"letter\"" });
        }
    }

    private sealed class ScopesPeer(MadeUpContracts contracts) : Scopes.ScopesBase
    {
        public override Task<ListScopeVersionsResponse> ListScopeVersions(ListScopeVersionsRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var evidence = contracts.Of(request.DelegationId);
            var version = new ScopeVersion
            {
                Id = request.DelegationId,
                Number = 2,
                State = ScopeVersion.Types.State.Validated,
                Occasion = evidence.ScopeOccasion,
                UndecidedLines = { Enumerable.Range(0, evidence.UndecidedLines) },
                Etag = $"\"{evidence.ScopeOccasion}\"",
            };
            // On the second page, after a proposal.
            return Task.FromResult(request.PageToken.Length == 0
                ? new ListScopeVersionsResponse { ScopeVersions = { new ScopeVersion { State = ScopeVersion.Types.State.Proposed } }, NextPageToken = "next" }
                : new ListScopeVersionsResponse { ScopeVersions = { version } });
        }
    }

    private sealed class AnnexesPeer(MadeUpContracts contracts) : Annexes.AnnexesBase
    {
        public override Task<ListAnnexesResponse> ListAnnexes(ListAnnexesRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var evidence = contracts.Of(request.DelegationId);
            return Task.FromResult(new ListAnnexesResponse
            {
                Annexes =
                {
                    Enum.GetValues<DueAnnex.Types.Kind>().Where(kind => kind != DueAnnex.Types.Kind.Unspecified).Select(kind => new Annex
                    {
                        Id = $"01990000-0000-7000-8000-0000000000a{(int)kind}",
                        Kind = kind,
                        ApprovedVersionId = Approved(kind, evidence.HasAnnexes || kind != DueAnnex.Types.Kind.BusinessContinuityPlan),
                    }),
                },
            });
        }
    }

    private sealed class ContactsPeer(MadeUpContracts contracts) : Contacts.ContactsBase
    {
        public override Task<DelegationContacts> GetContacts(GetContactsRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var named = contracts.Of(request.DelegationId).HasContacts;
            return Task.FromResult(new DelegationContacts
            {
                DelegationId = request.DelegationId,
                Insurer = new SideContacts { Main = new Contact { Name = "Claire Martin" } },
                Delegate = named ? new SideContacts { Main = new Contact { Name = "Karim Benali" } } : new SideContacts(),
                Etag = $"\"{named}\"",
            });
        }
    }

    private sealed class RegulationPeer(MadeUpContracts contracts) : Regulation.RegulationBase
    {
        public override Task<DelegationRegimes> GetRegimes(GetRegimesRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            var evidence = contracts.Of(request.DelegationId);
            return Task.FromResult(new DelegationRegimes
            {
                DelegationId = request.DelegationId,
                Regimes =
                {
                    new RegimeFlag { Regime = Regime.GdprProcessing, Applies = true },
                    new RegimeFlag { Regime = Regime.Solvency2Critical, Applies = evidence.IsCritical },
                },
                Etag = $"\"{evidence.IsCritical}\"",
            });
        }

        public override Task<ListEvidenceResponse> ListEvidence(ListEvidenceRequest request, ServerCallContext context)
        {
            contracts.NeedsToBeThere();
            return Task.FromResult(new ListEvidenceResponse { Evidence = { contracts.Of(request.DelegationId).AcprNotification } });
        }
    }
}
