// A client for each service. Made anew for every call: they hold nothing but the transport.
import { createClient } from '@connectrpc/connect';

import { AttributionService } from '../gen/headwater/v1/attribution_service_pb';
import { ClaimService } from '../gen/headwater/v1/claim_service_pb';
import { DocumentService } from '../gen/headwater/v1/document_service_pb';
import { ExchangeService } from '../gen/headwater/v1/exchange_service_pb';
import { ProvenanceService } from '../gen/headwater/v1/provenance_service_pb';
import { RelationService } from '../gen/headwater/v1/relation_service_pb';
import { ReviewService } from '../gen/headwater/v1/review_service_pb';
import { SourceService } from '../gen/headwater/v1/source_service_pb';
import { transport } from './transport';

export const attributions = () => createClient(AttributionService, transport());
export const claims = () => createClient(ClaimService, transport());
export const documents = () => createClient(DocumentService, transport());
export const exchange = () => createClient(ExchangeService, transport());
export const provenance = () => createClient(ProvenanceService, transport());
export const relations = () => createClient(RelationService, transport());
export const reviews = () => createClient(ReviewService, transport());
export const sources = () => createClient(SourceService, transport());
