using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Scoping.Generation;

/// <summary>The segments of third-party payment as French documents call them.</summary>
internal static class SegmentNames
{
    public static string French(ThirdPartySegment segment) => segment switch
    {
        ThirdPartySegment.SegmentPharmacy => "pharmacie",
        ThirdPartySegment.SegmentLaboratory => "biologie",
        ThirdPartySegment.SegmentRadiology => "radiologie",
        ThirdPartySegment.SegmentDoctors => "médecins",
        ThirdPartySegment.SegmentParamedical => "auxiliaires médicaux",
        ThirdPartySegment.SegmentTransport => "transport sanitaire",
        ThirdPartySegment.SegmentOptical => "optique",
        ThirdPartySegment.SegmentDental => "dentaire",
        ThirdPartySegment.SegmentHearing => "audioprothèse",
        ThirdPartySegment.SegmentHealthCentres => "centres de santé",
        ThirdPartySegment.SegmentOutpatient => "soins externes",
        ThirdPartySegment.SegmentHospitalStay => "prise en charge hospitalière",
        ThirdPartySegment.SegmentDevices => "appareillage",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
