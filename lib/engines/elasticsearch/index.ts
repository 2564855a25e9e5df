export { Elasticsearch } from './elasticsearch';
export { ElasticsearchOptions } from './options';
