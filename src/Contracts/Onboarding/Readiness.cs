using Delegation.Access.V1;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Onboarding;

/// <summary>Says of each item of a checklist whether it is done: a pure function of what is there.</summary>
internal static class Readiness
{
    /// <param name="organization">Of the caller.</param>
    /// <param name="delegation">The delegation or draft asked about; null for none.</param>
    /// <param name="language">Of the texts: <c>fr</c>, or else English.</param>
    public static Checklist Of(OrganizationFacts organization, DelegationFacts? delegation, string language)
    {
        var items = OfOrganization(organization).Concat(delegation is null ? [] : OfDelegation(delegation)).ToList();
        return new Checklist
        {
            Items =
            {
                items.Select(entry => new ChecklistItem
                {
                    Code = entry.Item.Code,
                    Done = entry.Done,
                    Required = entry.Item.Required,
                    Title = entry.Item.Title.In(language),
                    WhatToDo = entry.Item.WhatToDo.In(language),
                }),
            },
            ReadyToContract = items.TrueForAll(entry => entry.Done || !entry.Item.Required),
        };
    }

    private static IEnumerable<(Item Item, bool Done)> OfOrganization(OrganizationFacts facts)
    {
        yield return facts.Organization.Side == Side.Delegate
            ? (Items.OriasNumber, facts.Organization.OriasNumber.Length > 0)
            : (Items.AcprNumber, facts.Organization.AcprNumber.Length > 0);
        yield return (Items.Signatory, Has(Role.Signatory));
        yield return (Items.DelegationManager, Has(Role.DelegationManager));
        yield return (Items.DataProtectionOfficer, Has(Role.DataProtectionOfficer));
        yield return (Items.Compliance, Has(Role.Compliance));
        yield return (Items.SecondAdministrator, Has(Role.Administrator, 2));

        bool Has(Role role, long count = 1) => facts.Members.GetValueOrDefault(role) >= count;
    }

    private static IEnumerable<(Item Item, bool Done)> OfDelegation(DelegationFacts facts)
    {
        var data = facts.Delegation.ReferenceData;
        yield return (Items.CounterpartAccepted, facts.Delegation.State != V1.Delegation.Types.State.Draft);
        yield return (Items.Product, data?.Products.Count > 0);
        yield return (Items.Population, data?.Populations.Count > 0);
        yield return (Items.ContractNumber, data?.InsurerContracts.Count > 0);
        yield return (Items.MainContact, facts.Own.Main is not null);
        yield return (Items.DeputyContact, facts.Own.Deputy is not null);
        yield return (Items.OtherSideContacts, facts.Other.Main is not null && facts.Other.Deputy is not null);
    }
}
